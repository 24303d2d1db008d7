/**
 * What a form covers and how long it takes: each count beside what its blueprint allows, working minutes by mode, and
 * whether the form is long enough to produce a rate at all. For display; lawfulness is judged by `verifyForm`.
 */
import type { BankItem, ItemBank } from './bank';
import { blocksOf, formatOf, isShortForm } from './blueprint';
import type { Blueprint, CountRange } from './blueprint';
import type { Form } from './form';
import { formInformation, informationTargets } from './formSearch/information';
import type { Instrument } from './instrument';

export const coverageSections = [
  'dimensions',
  'areas',
  'benchmarks',
  'formats',
  'cognitive',
  'difficultyBands',
  'topicGroups',
] as const;

export interface CoverageRow {
  readonly section: (typeof coverageSections)[number];
  readonly subject: string;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly met: boolean;
}

export interface FormMinutes {
  /** Read and answered by an adult alone. */
  readonly selfRead: number;
  /** Read out by an interviewer. */
  readonly readAloud: number;
  /** Respondent aged 60 or more, reading alone. */
  readonly elder: number;
  /** Aged 60 or more and read out. */
  readonly elderReadAloud: number;
}

export interface FormInformation {
  readonly theta: number;
  readonly value: number;
  readonly target: number;
  /** Planning value of the specification. */
  readonly specification: number;
}

export interface FormCoverage {
  readonly rows: readonly CoverageRow[];
  readonly minutes: FormMinutes;
  readonly meanDifficulty: number;
  readonly information: readonly FormInformation[];
  /** Too short for its instrument: its answers give no 达标率 (question-bank-spec D4). */
  readonly barredFromRate: boolean;
}

/** Factors of question-bank-spec §2.2. */
const readAloudFactor = 1.5;
const elderFactor = 1.6;
const secondsPerMinute = 60;

/** Items of a form in order; ids the bank does not know are left out. */
export function itemsOfForm(form: Form, bank: ItemBank): readonly BankItem[] {
  const byId = new Map(bank.items.map((item) => [item.id, item]));
  return form.entries.flatMap(({ itemId }) => byId.get(itemId) ?? []);
}

export function minutesOf(items: readonly BankItem[]): FormMinutes {
  const selfRead = items.reduce((sum, item) => sum + item.time_sec, 0) / secondsPerMinute;
  return {
    selfRead,
    readAloud: selfRead * readAloudFactor,
    elder: selfRead * elderFactor,
    elderReadAloud: selfRead * readAloudFactor * elderFactor,
  };
}

function coverageRows(items: readonly BankItem[], bank: ItemBank, blueprint: Blueprint): CoverageRow[] {
  const inBlock = new Set([...blocksOf(bank.items).values()].flat().map((item) => item.id));
  const countRow = (
    of: Pick<CoverageRow, 'section' | 'subject'>,
    { min, max }: CountRange,
    holds: (item: BankItem) => boolean,
  ): CoverageRow => {
    const count = items.filter(holds).length;
    return { ...of, count, min, max, met: count >= min && count <= max };
  };
  const byValue = (
    section: CoverageRow['section'],
    ranges: Readonly<Record<string, CountRange>>,
    valueOf: (item: BankItem) => string,
  ): CoverageRow[] =>
    Object.entries(ranges).map(([subject, range]) =>
      countRow({ section, subject }, range, (item) => valueOf(item) === subject),
    );
  return [
    ...byValue('dimensions', blueprint.dimensions, (item) => item.dimension),
    ...byValue('areas', blueprint.areas, (item) => item.area),
    ...byValue('benchmarks', blueprint.benchmarks, (item) => String(item.benchmark.no)),
    ...byValue('formats', blueprint.formats, (item) => formatOf(item, inBlock.has(item.id))),
    ...byValue('cognitive', blueprint.cognitive, (item) => item.cognitive ?? ''),
    ...blueprint.difficultyBands.map((band) =>
      countRow(
        { section: 'difficultyBands', subject: band.id },
        band,
        ({ difficulty: { p_prior: p } }) => p >= band.from && p < band.to,
      ),
    ),
    ...blueprint.topicGroups.map((group) =>
      countRow({ section: 'topicGroups', subject: group.id }, group, (item) =>
        (item.topics ?? []).some((topic) => group.tags.includes(topic)),
      ),
    ),
  ];
}

export interface FormJudgingContext {
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  readonly instrument: Instrument;
}

export function coverForm(form: Form, { bank, blueprint, instrument }: FormJudgingContext): FormCoverage {
  const items = itemsOfForm(form, bank);
  return {
    rows: coverageRows(items, bank, blueprint),
    minutes: minutesOf(items),
    meanDifficulty: items.reduce((sum, item) => sum + item.difficulty.p_prior, 0) / Math.max(1, items.length),
    information: informationTargets(bank, blueprint).map(({ theta, target, specification }) => ({
      theta,
      target,
      specification,
      value: formInformation(items, theta),
    })),
    barredFromRate: isShortForm(blueprint, instrument),
  };
}
