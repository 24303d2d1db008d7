import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import { answerWorkbook } from '@electron/backend/workbooks/templates';
import { ageBandOf, ageBands, educationLevels, residences, sexes } from '@shared/domain/groups';
import { dispositions, isIneligible, type Disposition } from '@shared/domain/disposition';
import { respondentRecord, type Background, type RespondentRecord } from '@shared/domain/respondent';
import { checkTable } from '@shared/importing/checkTable';
import type { ImportQuestion } from '@shared/importing/context';
import { guessMapping, pickSheet } from '@shared/importing/guessMapping';
import type { Answer } from '@shared/questions/answer';
import { context, items } from '../../shared/importing/support';

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

/** Labels as people type them, quotes, formulas and Chinese included; no blank at either end. */
const label = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aZ09-_.=+@"\'<>&;,、中文 ７') })
  .filter((text) => text.trim() === text);
const positive = fc.double({ min: 1e-6, max: 1e7, noNaN: true });

const missing = fc
  .constantFrom('dontKnow' as const, 'refused' as const, 'notApplicable' as const)
  .map((reason): Answer => ({ kind: 'missing', reason }));

function given(question: ImportQuestion): fc.Arbitrary<Answer> {
  const ids = question.options.map(({ id }) => id);
  switch (question.type) {
    case 'multi':
      return fc.shuffledSubarray(ids, { minLength: 1 }).map((codes) => ({ kind: 'multi', codes }));
    case 'ordering':
      return fc
        .shuffledSubarray(ids, { minLength: ids.length })
        .map((codes) => ({ kind: 'ordering', codes }));
    case 'matching':
      return fc
        .shuffledSubarray(question.targets?.map(({ id }) => id) ?? [], { minLength: ids.length })
        .map((right) => ({
          kind: 'matching',
          pairs: Object.fromEntries(ids.map((id, at) => [id, right[at] ?? ''])),
        }));
    case 'trueFalse':
      return fc.boolean().map((value) => ({ kind: 'trueFalse', value }));
    default:
      return fc.constantFrom(...ids).map((code) => ({ kind: 'single', code }));
  }
}

const answers = fc
  .tuple(...items.map((item) => maybe(fc.oneof({ weight: 5, arbitrary: given(item) }, missing))))
  .map((list) =>
    Object.fromEntries(
      list.flatMap((answer, at): [string, Answer][] => (answer ? [[items[at]?.itemId ?? '', answer]] : [])),
    ),
  );

const flag = maybe(fc.boolean());
const background = (ageYears: fc.Arbitrary<number | null>): fc.Arbitrary<Background> =>
  fc
    .record({
      sex: maybe(fc.constantFrom(...sexes)),
      ageYears,
      ageBand: maybe(fc.constantFrom(...ageBands)),
      education: maybe(fc.constantFrom(...educationLevels)),
      residence: maybe(fc.constantFrom(...residences)),
      keyGroups: fc.record({ youth: flag, farmer: flag, worker: flag, elder: flag, cadre: flag }),
    })
    .map((value) => ({
      ...value,
      ageBand: value.ageYears === null ? value.ageBand : ageBandOf(value.ageYears),
    }));

const outsideAge = fc.oneof(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 70, max: 120 }));
const ageUnder = (disposition: Disposition): fc.Arbitrary<number | null> =>
  maybe(
    isIneligible(disposition)
      ? fc.oneof(outsideAge, fc.integer({ min: 18, max: 69 }))
      : fc.integer({ min: 18, max: 69 }),
  );

const record: fc.Arbitrary<Omit<RespondentRecord, 'caseCode'>> = fc
  .constantFrom(...dispositions)
  .chain((disposition) => {
    const needed = disposition === 'complete' || disposition === 'partial';
    const required = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
      needed ? arbitrary : maybe(arbitrary);
    return fc.record({
      regionCode: required(fc.constantFrom(...context.regions.map(({ code }) => code))),
      disposition: fc.constant(disposition),
      mode: fc.constantFrom('interviewer' as const, 'selfAdministered' as const, 'unknown' as const),
      design: fc.record({
        stratum: required(label),
        psu: required(label),
        ssu: maybe(label),
        baseWeight: required(positive),
        populationPsuCount: maybe(positive),
        populationSsuCount: maybe(positive),
      }),
      background: background(ageUnder(disposition)),
      answers,
    });
  });

const records = fc
  .uniqueArray(fc.tuple(label, record), { minLength: 1, maxLength: 8, selector: ([caseCode]) => caseCode })
  .map((list) => list.map(([caseCode, rest]): RespondentRecord => ({ caseCode, ...rest })));

describe('export and import', () => {
  it('give back the same records, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (exported) => {
        for (const one of exported) respondentRecord.parse(one);
        const bytes = answerWorkbook(
          exported.map((one) => ({ record: one, itemMarks: null })),
          context,
        );
        const workbook = await parseWorkbookBytes({ bytes, fileName: '导出.xlsx' });
        const table = workbook.ok ? pickSheet(workbook.value, context) : null;
        if (!table) throw new Error('not readable');
        const checked = checkTable(table, guessMapping(table, context), context);
        expect(checked.errors).toEqual([]);
        expect(checked.records.map((row) => row.record)).toEqual(exported);
      }),
      { numRuns: 60, seed: 20260301 },
    );
  });

  it('give back marks where a table holds marks', async () => {
    const marks = [1, 0, 1, 0, 0, 1, 0, 1] as const;
    const itemMarks = Object.fromEntries(items.map(({ itemId }, at) => [itemId, marks[at] ?? 0]));
    const [sample] = fc.sample(records, { seed: 7, numRuns: 1 });
    const rows = (sample ?? []).map((one) => ({ record: { ...one, answers: {} }, itemMarks }));
    const opposite = Object.fromEntries(
      Object.entries(itemMarks).map(([id, mark]): [string, 0 | 1] => [id, mark === 1 ? 0 : 1]),
    );
    const last = rows[0];
    if (!last) throw new Error('no sample');
    const extra = { record: { ...last.record, caseCode: 'opposite' }, itemMarks: opposite };
    const workbook = await parseWorkbookBytes({
      bytes: answerWorkbook([...rows, extra], context),
      fileName: '对错.xlsx',
    });
    const table = workbook.ok ? pickSheet(workbook.value, context) : null;
    if (!table) throw new Error('not readable');
    const checked = checkTable(table, guessMapping(table, context), context);
    expect(checked.errors).toEqual([]);
    expect(checked.records.map((row) => row.itemMarks)).toEqual([...rows.map(() => itemMarks), opposite]);
  });
});
