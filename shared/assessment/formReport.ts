/**
 * What is told about an assembled form, as data a library can keep: coverage, keys, outlook, information curve,
 * enemies, and every violation the independent check found. Holds counts of keys, never the key of an item.
 */
import { z } from 'zod';
import type { FormOutlook } from '../psychometrics/formOutlook';
import { itemInformation } from '../psychometrics/irt/responseFunction';
import type { BankItem, ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import type { Form } from './form';
import { coverageSections, itemsOfForm } from './formCoverage';
import type { FormMinutes } from './formCoverage';
import type { FormJudgement } from './formJudgement';
import { targetInformation } from './formSearch/information';
import type { Instrument } from './instrument';
import { falseKey, trueKey } from './itemCodes';
import type { FormViolation } from './verifyForm';

/** Documents of our own making: checked by type when written, so not again when read. */
const ours = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

/** `section.subject` is a row of the blueprint; min and max are counts. */
const countRow = <Section extends string>(sections: readonly [Section, ...Section[]]) =>
  z.strictObject({
    section: z.enum(sections),
    subject: z.string(),
    count: z.number(),
    min: z.number(),
    max: z.number(),
    met: z.boolean(),
  });
const keyRow = countRow(['statements', 'letters']);
type KeyRow = z.infer<typeof keyRow>;

export const formReport = z.strictObject({
  itemCount: z.int(),
  /** Method the form was found by. */
  method: z.enum(['integerProgram', 'swapSearch']),
  /** False for a form too short for a 达标率 (question-bank-spec D4). */
  producesRate: z.boolean(),
  /** Items the instrument asks a form to have; null when it says nothing. */
  neededItems: z.int().nullable(),
  coverage: z.array(countRow(coverageSections)),
  /** Difficulty bands the rows of that section name. */
  bands: z.array(z.strictObject({ id: z.string(), from: z.number(), to: z.number() })),
  /** Keys of statements and of four-option items, by key. */
  keyBalance: z.array(keyRow),
  minutes: ours<FormMinutes>(),
  meanDifficulty: z.number(),
  outlook: ours<FormOutlook>(),
  /** Level of the instrument by id of the cut, and whether it counts as 具备. */
  levels: z.record(z.string(), z.strictObject({ label: z.string(), passes: z.boolean() })),
  information: z.array(
    z.strictObject({ theta: z.number(), value: z.number(), target: z.number(), specification: z.number() }),
  ),
  /** Information over the ability range; `target` null where the blueprint does not control it. */
  informationCurve: z.array(
    z.strictObject({ theta: z.number(), value: z.number(), target: z.number().nullable() }),
  ),
  enemyPairs: z.array(z.strictObject({ first: z.string(), second: z.string() })),
  /** What the independent re-verification found; empty for a lawful form. */
  violations: z.array(
    z.strictObject({ rule: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export type FormReport = z.infer<typeof formReport>;

const curveThetas: readonly number[] = Array.from({ length: 25 }, (_, index) => (index - 12) / 4);

/** How often each key occurs among statements and among four-option items, beside the counts its share allows. */
export function keyBalanceOf(items: readonly BankItem[], blueprint: Blueprint): KeyRow[] {
  const rowsOf = (
    section: KeyRow['section'],
    keys: readonly string[],
    range: { readonly min: number; readonly max: number },
    base: readonly BankItem[],
  ): KeyRow[] =>
    keys.map((key) => {
      const count = base.filter((item) => item.key[0] === key).length;
      const [min, max] = [
        Math.ceil(range.min * base.length - 1e-9),
        Math.floor(range.max * base.length + 1e-9),
      ];
      return { section, subject: key, count, min, max, met: count >= min && count <= max };
    });
  const statements = items.filter(({ type }) => type === 'tf');
  const lettered = items.filter(({ type }) => type === 'single' || type === 'chart');
  const { trueKeyShare: share, keyPositionShare } = blueprint;
  const falseShare = { min: 1 - share.max, max: 1 - share.min };
  return [
    ...rowsOf('statements', [trueKey], share, statements),
    ...rowsOf('statements', [falseKey], falseShare, statements),
    ...rowsOf('letters', ['A', 'B', 'C', 'D'], keyPositionShare, lettered),
  ];
}

export interface ReportContext {
  /** With the anchors the form was assembled with. */
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  readonly instrument: Instrument;
  readonly method: FormReport['method'];
  readonly judgement: FormJudgement;
  readonly violations: readonly FormViolation[];
}

function informationCurve(items: readonly BankItem[], bank: ItemBank, blueprint: Blueprint) {
  const target = blueprint.information === undefined ? null : targetInformation(bank, blueprint);
  return curveThetas.map((theta) => ({
    theta,
    value: items.reduce((sum, { irt }) => sum + itemInformation(irt, theta), 0),
    target: target === null ? null : target(theta),
  }));
}

function enemyPairsOf(items: readonly BankItem[]): FormReport['enemyPairs'] {
  const ids = new Set(items.map(({ id }) => id));
  const pairs = items.flatMap(({ id, enemies = [] }) =>
    enemies.filter((enemy) => ids.has(enemy)).map((enemy) => [id, enemy].sort().join(' ')),
  );
  return [...new Set(pairs)].map((pair) => {
    const [first = '', second = ''] = pair.split(' ');
    return { first, second };
  });
}

/** Puts together what the steps of the assembly said about one form. */
export function reportForm(form: Form, context: ReportContext): FormReport {
  const { bank, blueprint, instrument, judgement, method, violations } = context;
  const { coverage, outlook } = judgement;
  const items = itemsOfForm(form, bank);
  return {
    itemCount: items.length,
    method,
    producesRate: !coverage.barredFromRate,
    neededItems: instrument.formRule.itemCount ?? null,
    coverage: [...coverage.rows],
    bands: blueprint.difficultyBands.map(({ id, from, to }) => ({ id, from, to })),
    keyBalance: keyBalanceOf(items, blueprint),
    minutes: coverage.minutes,
    meanDifficulty: coverage.meanDifficulty,
    outlook,
    levels: Object.fromEntries(instrument.tiers.map(({ id, label, passes }) => [id, { label, passes }])),
    information: [...coverage.information],
    informationCurve: informationCurve(items, bank, blueprint),
    enemyPairs: enemyPairsOf(items),
    violations: violations.map(({ rule, params }) => ({ rule, params: { ...params } })),
  };
}

/** Items two forms share, and how many of them are anchors. */
export interface SharedItems {
  readonly shared: number;
  readonly anchors: number;
}

/** Square matrix of the items forms share; the diagonal is each form's own length. */
export function overlapOf(
  forms: readonly (readonly string[])[],
  anchorIds: ReadonlySet<string>,
): readonly (readonly SharedItems[])[] {
  return forms.map((first) =>
    forms.map((second) => {
      const other = new Set(second);
      const common = first.filter((itemId) => other.has(itemId));
      return { shared: common.length, anchors: common.filter((itemId) => anchorIds.has(itemId)).length };
    }),
  );
}
