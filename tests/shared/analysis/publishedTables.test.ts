/**
 * Attacks on what is published: the results document alone (the JSON every screen and report prints from), with the
 * linear programs of an independent solver. The truth is counted here from the respondents, to judge the attack by.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { AnalysedRow, AnalysisInput } from '@shared/analysis/analysisInput';
import { isAnalysed } from '@shared/analysis/analysisInput';
import { protectTables } from '@shared/analysis/protection';
import { sampleDesign } from '@shared/analysis/sampleDesign';
import { groupingCategories, groupings } from '@shared/domain/groups';
import type { Grouping } from '@shared/domain/groups';
import type { Figure, ShownFigure, SurveyResults } from '@shared/results/surveyResults';
import { buildReport } from '@shared/reports/registry';
import { generatedInput, need, registry } from '../../support/analysisInput';
import type { Attack, Term } from '../../support/tableAttack';
import { createAttack } from '../../support/tableAttack';

interface Truth {
  readonly respondents: number;
  readonly psus: number;
  readonly weight: number;
  readonly passed: number;
  readonly points: number;
}

const key = (unit: string | null, grouping: string | null, category: string | null): string =>
  [unit ?? '', grouping ?? '', category ?? ''].join('/');

const total = key(null, null, null);

const isIn = (row: AnalysedRow, grouping: Grouping, category: string): boolean =>
  grouping === 'keyGroup'
    ? row.respondent.background.keyGroups[category as 'elder'] === true
    : row.respondent.background[grouping] === category;

/** What the cells really hold, counted one respondent after the other. */
function truthOf(input: AnalysisInput): ReadonlyMap<string, Truth> {
  const rows = input.rows.filter(isAnalysed);
  const sample = sampleDesign(rows, input);
  if (!sample.ok) throw new Error(sample.failure.code);
  const cells = new Map<string, { rows: number[] }>();
  rows.forEach((row, index) => {
    const groups = groupings.flatMap((grouping) =>
      groupingCategories[grouping]
        .filter((category) => isIn(row, grouping, category))
        .map((category) => [grouping, category] as const),
    );
    const units = [
      null,
      ...input.survey.settings.unitCodes.filter((code) => row.respondent.regionCode === code),
    ];
    for (const unit of units)
      for (const [grouping, category] of [[null, null] as const, ...groups]) {
        const id = key(unit, grouping, category);
        cells.set(id, { rows: [...(cells.get(id)?.rows ?? []), index] });
      }
  });
  const sum = (own: readonly number[], value: (row: AnalysedRow) => number): number =>
    own.reduce((all, index) => all + (sample.value.design.weights[index] ?? 0) * value(need(rows[index])), 0);
  return new Map(
    [...cells].map(([id, { rows: own }]) => [
      id,
      {
        respondents: own.length,
        psus: new Set(own.map((index) => rows[index]?.respondent.design.psu)).size,
        weight: sum(own, () => 1),
        passed: sum(own, ({ score }) => (score.passed ? 1 : 0)),
        points: sum(own, ({ score }) => score.total),
      },
    ]),
  );
}

interface Printed {
  readonly id: string;
  readonly unit: string | null;
  readonly grouping: Grouping | null;
  readonly literate: Figure;
  readonly meanScore: Figure | null;
}

/** Every cell of the document's tables. */
function cellsOf(results: SurveyResults): readonly Printed[] {
  return [
    { id: total, unit: null, grouping: null, ...results.headline },
    ...results.units.map((cell) => ({
      ...cell,
      id: key(cell.regionCode, null, null),
      unit: cell.regionCode,
      grouping: null,
    })),
    ...results.groups.map((cell) => ({ ...cell, id: key(null, cell.grouping, cell.category), unit: null })),
    ...results.cross.map((cell) => ({
      ...cell,
      id: key(cell.regionCode, cell.grouping, cell.category),
      unit: cell.regionCode,
      meanScore: null,
    })),
  ];
}

/** [total, its parts], as a reader of the tables would add them up. */
function sumsOf(results: SurveyResults): readonly (readonly [string, readonly string[]])[] {
  const units = results.units.map(({ regionCode }) => regionCode);
  const shown = [...new Set(results.groups.map(({ grouping }) => grouping))];
  const categories = shown.flatMap((grouping) =>
    groupingCategories[grouping].map((category) => [grouping, category] as const),
  );
  const ofUnits = [[null, null] as const, ...categories].map(
    ([grouping, category]) =>
      [key(null, grouping, category), units.map((unit) => key(unit, grouping, category))] as const,
  );
  const ofGroups = [null, ...units].flatMap((unit) =>
    shown
      .filter((grouping) => grouping !== 'keyGroup')
      .map(
        (grouping) =>
          [
            key(unit, null, null),
            groupingCategories[grouping].map((category) => key(unit, grouping, category)),
          ] as const,
      ),
  );
  return [...ofUnits, ...ofGroups];
}

const measures = ['respondents', 'weight', 'passed', 'points'] as const;
type Measure = (typeof measures)[number];

type Name = (id: string, measure: Measure) => string | null;

function shownValues(
  literate: ShownFigure,
  meanScore: Figure | null,
  populationPerPerson: number,
): readonly (readonly [Measure, number])[] {
  const weight = (literate.weightTotal ?? literate.respondentCount) / populationPerPerson;
  const points: readonly (readonly [Measure, number])[] =
    meanScore?.state === 'shown' ? [['points', meanScore.estimate * weight]] : [];
  return [
    ['respondents', literate.respondentCount],
    ['weight', weight],
    ['passed', literate.estimate * weight],
    ...points,
  ];
}

/** What a reader knows of a cell: all of a printed one, the interviews of a hidden one where a table tells them. */
function printedValues(
  { unit, grouping, literate, meanScore }: Printed,
  populationPerPerson: number,
  completed: ReadonlyMap<string | null, number>,
): readonly (readonly [Measure, number])[] {
  if (literate.state === 'notSurveyed') return measures.map((measure) => [measure, 0]);
  if (literate.state === 'suppressed') {
    const interviews = unit !== null && grouping === null ? (completed.get(unit) ?? null) : null;
    const respondents = literate.respondentCount ?? interviews;
    return respondents === null ? [] : [['respondents', respondents]];
  }
  return shownValues(literate, meanScore, populationPerPerson);
}

/**
 * The document as equations and inequalities: sums of every measure, passers <= weight, points <= maximum x weight,
 * weights between the printed extremes, interviews per unit from the response table, groups within their unit.
 */
async function attackOn(results: SurveyResults, maximum: number): Promise<{ attack: Attack; name: Name }> {
  const attack = await createAttack();
  const cells = cellsOf(results);
  const headline = need(cells[0]).literate;
  if (headline.state !== 'shown') throw new Error('the headline is printed');
  const populationPerPerson = (headline.weightTotal ?? 1) / headline.respondentCount;
  const completed = new Map(results.response.map(({ regionCode, complete }) => [regionCode, complete]));
  const names = new Map<string, string>();
  const values = new Map<string, number>();
  const name: Name = (id, measure) => names.get(`${id} ${measure}`) ?? null;

  cells.forEach((cell, index) => {
    const { id } = cell;
    for (const [measure, value] of printedValues(cell, populationPerPerson, completed))
      values.set(`${id} ${measure}`, value);
    for (const measure of measures)
      if (!values.has(`${id} ${measure}`)) {
        names.set(`${id} ${measure}`, `${measure}${index}`);
        attack.unknown(`${measure}${index}`, measure === 'respondents' ? 1 : 0, Infinity);
      }
  });

  type Part = readonly [coefficient: number, id: string, measure: Measure];
  const require = (parts: readonly Part[], relation: '=' | '<='): void => {
    const terms = parts.flatMap(([coefficient, id, measure]): Term[] => {
      const unknown = name(id, measure);
      return unknown === null ? [] : [[coefficient, unknown]];
    });
    const known = parts.reduce(
      (sum, [coefficient, id, measure]) => sum + coefficient * (values.get(`${id} ${measure}`) ?? 0),
      0,
    );
    attack.require(terms, relation, -known);
  };
  const isKnown = new Set(cells.map(({ id }) => id));
  for (const [whole, parts] of sumsOf(results))
    for (const measure of measures) {
      const all: Part[] = [[-1, whole, measure], ...parts.map((part): Part => [1, part, measure])];
      if (all.every(([, id]) => isKnown.has(id))) require(all, '=');
    }
  for (const { id, unit, grouping } of cells) {
    require([
      [1, id, 'passed'],
      [-1, id, 'weight'],
    ], '<=');
    require([
      [1, id, 'points'],
      [-maximum, id, 'weight'],
    ], '<=');
    require([
      [1, id, 'weight'],
      [-results.weighting.maximum / populationPerPerson, id, 'respondents'],
    ], '<=');
    require([
      [-1, id, 'weight'],
      [results.weighting.minimum / populationPerPerson, id, 'respondents'],
    ], '<=');
    if (grouping !== 'keyGroup') continue;
    // A group and its rest: both have people, passers within them.
    const whole = key(unit, null, null);
    require([
      [1, id, 'respondents'],
      [-1, whole, 'respondents'],
    ], '<=');
    require([
      [1, id, 'passed'],
      [-1, whole, 'passed'],
    ], '<=');
    require([
      [1, whole, 'passed'],
      [-1, id, 'passed'],
      [1, id, 'weight'],
      [-1, whole, 'weight'],
    ], '<=');
  }
  return { attack, name };
}

const attackedCells = 12;

interface Finding {
  readonly id: string;
  readonly measure: Measure;
  /** Interval an attacker is left with, in the units of the attack, and what the cell could hold at most. */
  readonly width: number;
  readonly capacity: number;
}

/** Width an attacker is left with, for the small cells of the survey that are not printed. */
async function attackSmallCells(
  input: AnalysisInput,
  results: SurveyResults,
  asked: readonly Measure[],
): Promise<readonly Finding[]> {
  const { minimumRespondents, minimumPsus } = input.survey.settings.disclosure;
  const truth = truthOf(input);
  const whole = need(truth.get(total));
  const { attack, name } = await attackOn(results, input.instrument.maximum);
  const cellsById = new Map(cellsOf(results).map((cell) => [cell.id, cell]));
  const small = cellsOf(results).filter(({ id, literate }) => {
    const real = truth.get(id);
    if (real === undefined || literate.state === 'shown') return false;
    return real.respondents < minimumRespondents || real.psus < minimumPsus;
  });
  // Every unit and group, and an even selection of the crossing: each answer costs four linear programs.
  // A cell below a printed share of 0 % or 100 % has nothing left to hide: the total says it of everybody.
  const isTold = ({ unit, grouping, id }: Printed): boolean =>
    [key(unit, null, null), key(null, grouping, id.split('/')[2] ?? null)].some((whole) => {
      const figure = cellsById.get(whole)?.literate;
      return figure?.state === 'shown' && (figure.estimate === 0 || figure.estimate === 1);
    });
  const open = small.filter((cell) => !isTold(cell));
  const step = Math.ceil(open.length / attackedCells);
  const chosen = open.filter(
    ({ unit, grouping }, index) => index % step === 0 || unit === null || grouping === null,
  );
  return chosen.flatMap(({ id }) => {
    const real = need(truth.get(id));
    return asked.flatMap((measure) => {
      const unknown = name(id, measure);
      if (unknown === null) return [];
      const { lowest, highest } = attack.range(unknown);
      const weight = real.weight / (whole.weight / whole.respondents);
      const capacity = { respondents: Infinity, weight, passed: weight, points: 100 * weight }[measure];
      return [{ id, measure, width: highest - lowest, capacity }];
    });
  });
}

const run = (input: AnalysisInput): SurveyResults => {
  const result = analyseSurvey(input);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** The document with the primary rule alone, made from one in which everything is printed. */
function primaryOnly(input: AnalysisInput): SurveyResults {
  const { minimumRespondents } = input.survey.settings.disclosure;
  const settings = { ...input.survey.settings, disclosure: { minimumRespondents: 1, minimumPsus: 1 } };
  const open = run({ ...input, survey: { ...input.survey, settings } });
  const hide = (figure: Figure): Figure =>
    figure.state === 'shown' && figure.respondentCount < minimumRespondents
      ? { state: 'suppressed', reasons: ['protected'], respondentCount: null }
      : figure;
  return { ...open, cross: open.cross.map((cell) => ({ ...cell, literate: hide(cell.literate) })) };
}

describe('a published survey', () => {
  const surveys: readonly (readonly [string, AnalysisInput])[] = [
    ['large enough for most cells', generatedInput({ planId: 'suzhou', respondents: 2500, seed: 3 })],
    ['with many small cells', generatedInput({ planId: 'yangzhou', respondents: 1200, seed: 4 })],
    [
      'with a unit below the rule',
      generatedInput({
        planId: 'suzhou',
        respondents: 1500,
        seed: 9,
        settings: { disclosure: { minimumRespondents: 140, minimumPsus: 3 } },
      }),
    ],
    [
      'without weights',
      generatedInput({
        planId: 'huaiyin',
        respondents: 900,
        seed: 6,
        settings: { basis: 'nonprobability', weighting: { kind: 'equal' } },
      }),
    ],
  ];

  test.each(surveys)('%s: no share and no count of a small cell comes out', async (_name, input) => {
    const results = run(input);
    const findings = await attackSmallCells(input, results, ['passed', 'respondents']);
    expect(findings.length).toBeGreaterThan(5);
    for (const { id, measure, width, capacity } of findings)
      if (measure === 'passed') expect(width / capacity, `${id} ${measure}`).toBeGreaterThan(0.01);
      else expect(width, `${id} ${measure}`).toBeGreaterThanOrEqual(1);
    const wide = findings.filter(
      ({ measure, width, capacity }) => measure === 'passed' && width >= 0.0999 * capacity,
    );
    const shares = findings.filter(({ measure }) => measure === 'passed');
    expect(wide.length / shares.length).toBeGreaterThan(0.9);
  });

  test('the attack recovers cells where only the small ones are hidden', async () => {
    const input = need(surveys[0])[1];
    const findings = await attackSmallCells(input, primaryOnly(input), ['respondents']);
    expect(findings.filter(({ width }) => width < 1e-6).length).toBeGreaterThan(0);
  });
});

describe('the Excel report', () => {
  test.each(['evaluator', 'statistician'] as const)(
    'of the %s holds no number of a hidden cell',
    (audience) => {
      const input = generatedInput({
        planId: 'suzhou',
        respondents: 1500,
        seed: 9,
        settings: { disclosure: { minimumRespondents: 140, minimumPsus: 3 } },
      });
      const results = run(input);
      const sheets = buildReport({
        results,
        survey: input.survey,
        plan: input.plan,
        instrument: input.instrument,
        regionNames: {},
        keyGroupDefinitions: registry.keyGroups,
        codebook: [],
        bankTitle: '',
        keyChanges: [],
        isPublicBank: true,
        itemAnalysis: { state: 'notRun' },
        audience,
        generatedAt: input.computedAt,
      });
      const numbers = sheets
        .flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
        .flatMap((cell) => (cell.kind === 'number' ? [cell.value] : []));
      const truth = truthOf(input);
      const hidden = cellsOf(results).filter(({ literate }) => literate.state === 'suppressed');
      expect(hidden.length).toBeGreaterThan(20);
      for (const { id } of hidden) {
        const { respondents, weight, passed, points } = need(truth.get(id));
        // A weight or score of one person may equal the printed extremes by itself.
        if (respondents < 5) continue;
        // A group that is the whole unit, or the whole of the group elsewhere, is printed there under that name.
        const [unit, grouping, category] = id.split('/');
        const wholes = [key(unit ?? null, null, null), key(null, grouping ?? null, category ?? null)];
        if (wholes.some((whole) => truth.get(whole)?.respondents === respondents)) continue;
        for (const secret of [weight, passed, passed / weight, points, points / weight])
          if (secret > 0 && secret !== 1)
            expect(
              numbers.some((value) => Math.abs(value / secret - 1) < 1e-9),
              id,
            ).toBe(false);
      }
    },
  );
});

describe('the crossing', () => {
  let input: AnalysisInput;
  let results: SurveyResults;
  beforeAll(() => {
    input = generatedInput({ planId: 'suzhou', respondents: 2500, seed: 3 });
    results = run(input);
  });

  test('does not say which hidden cells are small, nor how many answered', () => {
    const hidden = results.cross.flatMap(({ literate }) =>
      literate.state === 'suppressed' ? [literate] : [],
    );
    expect(hidden.length).toBeGreaterThan(5);
    for (const figure of hidden)
      expect(figure).toEqual({ state: 'suppressed', reasons: ['protected'], respondentCount: null });
  });

  test('hides the same cells whichever groupings the report prints: two reports cannot be subtracted', () => {
    const settings = { ...input.survey.settings, groupings: ['sex' as const, 'keyGroup' as const] };
    const fewer = run({ ...input, survey: { ...input.survey, settings } });
    const hiddenIn = (document: SurveyResults): ReadonlySet<string> =>
      new Set(cellsOf(document).flatMap(({ id, literate }) => (literate.state === 'shown' ? [] : [id])));
    const all = hiddenIn(results);
    for (const { id, literate } of cellsOf(fewer)) expect(literate.state === 'shown', id).toBe(!all.has(id));
  });
});

describe('31 districts and 19 groups', () => {
  test('are protected without a cell left short', async ({ annotate }) => {
    const unitCodes = Array.from({ length: 31 }, (_unused, index) => String(320510 + index));
    const input = generatedInput({ planId: 'suzhou', respondents: 6000, seed: 5, settings: { unitCodes } });
    const rows = input.rows.filter(isAnalysed);
    const sample = sampleDesign(rows, input);
    if (!sample.ok) throw new Error(sample.failure.code);
    const { disclosure: thresholds } = input.survey.settings;
    const started = performance.now();
    const { limitedCount } = protectTables(
      { rows, sample: sample.value, unitCodes, thresholds, maximumScore: 100 },
      new Map(),
    );
    await annotate(`disclosure of 31 x 19 cells: ${Math.round(performance.now() - started)} ms`);
    expect(limitedCount).toBe(0);
  });
});
