/** Specifications on a sample small enough to compute by hand. */
import type { AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import type { DataTable } from '@shared/analysisSpec/dataTable';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import type { AnalysisAnswer, AnalysisRun, NumberLine } from '@shared/analysisSpec/result';
import { runAnalysisSpec } from '@shared/analysisSpec/runAnalysisSpec';
import type { Failure, Result } from '@shared/domain/result';

export const column = (...texts: readonly (string | number)[]): readonly string[] => texts.map(String);

/** Two strata of three PSUs with two persons each. */
export const sample: DataTable = {
  rowCount: 12,
  columns: {
    person: column(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    h: column('a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'b', 'b'),
    psu: column(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6),
    w: column(10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20),
    y: column(1, 0, 1, 1, 0, 0, 1, 1, 0, '', 1, 0),
    age: column(20, 30, 40, 50, 60, 70, 25, 35, 45, 55, 65, ''),
    sex: column('F', 'M', 'F', 'M', 'F', 'M', 'F', 'M', 'F', 'M', 'F', 'M'),
  },
};

export type Estimates = Extract<AnalysisSpecInput['analyses'][number], { kind: 'estimates' }>;

export const mean = (more: Partial<Estimates> = {}): Estimates => ({
  kind: 'estimates',
  id: 'mean',
  statistic: 'mean',
  outcomes: [{ kind: 'column', column: 'y' }],
  ...more,
});

export function run(
  changes: Partial<AnalysisSpecInput>,
  more: Readonly<Record<string, DataTable>> = {},
): Result<AnalysisRun> {
  const files = Object.fromEntries(['sample', ...Object.keys(more)].map((id) => [id, { path: `${id}.csv` }]));
  const spec = readAnalysisSpec({
    formatVersion: 1,
    title: 'by hand',
    files,
    data: { file: 'sample' },
    design: { stages: [{ units: 'psu', strata: 'h' }], weights: { kind: 'column', column: 'w' } },
    analyses: [mean()],
    ...changes,
  });
  return spec.ok ? runAnalysisSpec(spec.value, { sample, ...more }) : spec;
}

export function done(
  changes: Partial<AnalysisSpecInput>,
  more?: Readonly<Record<string, DataTable>>,
): AnalysisRun {
  const found = run(changes, more);
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
}

export function refused(
  changes: Partial<AnalysisSpecInput>,
  more?: Readonly<Record<string, DataTable>>,
): Failure {
  const found = run(changes, more);
  if (found.ok) throw new Error('the run was not refused');
  return found.failure;
}

export const answer = <K extends AnalysisAnswer['kind']>(
  { result }: AnalysisRun,
  kind: K,
): Extract<AnalysisAnswer, { kind: K }> => {
  const [first] = result.analyses;
  if (first?.kind !== kind) throw new Error(`no ${kind}`);
  return first as Extract<AnalysisAnswer, { kind: K }>;
};

export const lines = (found: AnalysisRun): readonly NumberLine[] =>
  answer(found, 'estimates').lines.filter((line) => line.status === 'estimated');

export const estimatesOf = (found: AnalysisRun): readonly number[] =>
  lines(found).map(({ estimate }) => estimate);
