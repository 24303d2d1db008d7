/**
 * Runs an analysis specification: data, design, weighting, errors, answers. Pure: the same document and tables give the
 * same result in a worker, the command line and a test.
 */
import { unreachable, type Result } from '../domain/result';
import { createModelReplicates } from '../estimation/modelReplicates';
import { toReplicateTable } from '../estimation/variance/replicateTable';
import type { AnalysisSpec } from './analysisSpec';
import type { DataTables } from './dataTable';
import type { AnalysisAnswer, AnalysisRun, VarianceSummary } from './result';
import { answerContrasts } from './run/answers/contrasts';
import { answerEstimates } from './run/answers/estimates';
import { answerChiSquare, answerRegression } from './run/answers/models';
import { answerQuantiles } from './run/answers/quantiles';
import { answerTTest } from './run/answers/tTest';
import { assembleData } from './run/assembleData';
import { wholeTexts, type Columns } from './run/columns';
import { linearisedErrors, modelErrors, replicateErrors, type SamplingErrors } from './run/errors';
import { repeatedReplicates } from './run/finalReplicates';
import { need, settle } from './run/refusal';
import { buildSample, type Sample } from './run/sample';
import { designSummary, weightStages, weightTable } from './run/summaries';
import type { Work } from './run/work';
import type { Analysis } from './schema/analyses';

export type SpecProgress = (stage: string, fraction: number) => void;

interface Errors {
  readonly errors: SamplingErrors;
  readonly summary: VarianceSummary;
  readonly replicates: AnalysisRun['replicates'];
}

interface Context {
  readonly spec: AnalysisSpec;
  readonly tables: DataTables;
  readonly columns: Columns;
  readonly sample: Sample;
  readonly progress: SpecProgress;
}

/** Share of the work after which replicates are ready. */
const replicatesReady = 0.6;

function replicated(
  variance: Extract<AnalysisSpec['variance'], { method: 'replicates' }>,
  context: Context,
): Errors {
  const { spec, sample } = context;
  const { source, reweigh, centre } = variance;
  const { drawn, final } = repeatedReplicates(variance, sample, {
    tables: context.tables,
    hasWeighting: spec.weighting.length > 0,
    progress: (share) => context.progress('replicates', 0.2 + share * (replicatesReady - 0.2)),
  });
  const isPerRow = source.kind === 'file' && source.per === 'row';
  return {
    errors: replicateErrors(sample.design, final),
    summary: {
      method: 'replicates',
      replication: source.kind === 'file' ? 'file' : drawn.weights.method,
      replicateCount: drawn.weights.replicateCount,
      reweighed: reweigh && spec.weighting.length > 0,
      centre,
    },
    replicates: isPerRow ? null : toReplicateTable(drawn.design, drawn.weights),
  };
}

function modelBased(
  variance: Extract<AnalysisSpec['variance'], { method: 'modelBootstrap' }>,
  { columns, sample, spec }: Context,
): Errors {
  const { units, seed, count } = variance;
  const replicates = need(
    createModelReplicates({
      baseWeights: sample.baseDesign.weights,
      sites: units === null ? null : wholeTexts(columns, units, 'variance.units'),
      ...(spec.weighting.length === 0 ? {} : { calibrate: sample.weighting.run }),
      seed,
      replicateCount: count,
    }),
    'variance',
  );
  const { redrawn } = replicates;
  return {
    errors: modelErrors(sample.design, replicates),
    summary: { method: 'model-based-bootstrap', replicateCount: count, redrawn },
    replicates: null,
  };
}

function errorsOf(context: Context): Errors {
  const { variance } = context.spec;
  switch (variance.method) {
    case 'linearised':
      return {
        errors: linearisedErrors(context.sample.design),
        summary: { method: 'linearised' },
        replicates: null,
      };
    case 'replicates':
      return replicated(variance, context);
    case 'modelBootstrap':
      return modelBased(variance, context);
    default:
      return unreachable(variance);
  }
}

function answerOf(work: Work, analysis: Analysis, path: string): AnalysisAnswer {
  switch (analysis.kind) {
    case 'estimates':
      return answerEstimates(work, { analysis, path });
    case 'quantiles':
      return answerQuantiles(work, { analysis, path });
    case 'contrasts':
      return answerContrasts(work, { analysis, path });
    case 'tTest':
      return answerTTest(work, { analysis, path });
    case 'chiSquare':
      return answerChiSquare(work, { analysis, path });
    case 'regression':
      return answerRegression(work, { analysis, path });
    default:
      return unreachable(analysis);
  }
}

/**
 * Everything a specification asks. Failures carry `path`, the place of the specification they belong to: the SPEC_ codes
 * (what the document names does not fit the data) and those of weighting and estimation.
 */
export function runAnalysisSpec(
  spec: AnalysisSpec,
  tables: DataTables,
  progress: SpecProgress = () => undefined,
): Result<AnalysisRun> {
  return settle(() => {
    progress('loading', 0.05);
    const columns = assembleData(spec, tables);
    progress('weighting', 0.1);
    const sample = buildSample(spec, columns, tables);
    const { errors, summary, replicates } = errorsOf({ spec, tables, columns, sample, progress });
    const work = { spec, columns, errors };
    const analyses = spec.analyses.map((analysis, index) => {
      progress('analysing', replicatesReady + (index / spec.analyses.length) * (1 - replicatesReady));
      return answerOf(work, analysis, `analyses[${index}]`);
    });
    return {
      result: {
        formatVersion: 1,
        title: spec.title,
        level: spec.level,
        design: designSummary(sample, spec),
        weighting: weightStages(sample),
        variance: summary,
        analyses,
      },
      weights: weightTable(sample),
      replicates,
    };
  });
}
