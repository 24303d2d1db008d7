/** R19 chart alternative text, R20 references, R26 time within the type's band, R28 basis of difficulty. */
import type { BankItem, Reference } from '../bank';
import type { StimulusContent } from '../item';
import { perItem } from './finding';
import type { CheckRule } from './finding';

const numbersIn = (text: string): string[] => text.match(/\d+(?:\.\d+)?/gu) ?? [];

/** Numbers a table shows that its alternative text does not speak, each once. */
export function unspokenNumbers({ table = [], alt = '' }: Pick<StimulusContent, 'table' | 'alt'>): string[] {
  const spoken = new Set(numbersIn(alt));
  const silent = table
    .flat()
    .flatMap(numbersIn)
    .filter((number) => !spoken.has(number));
  return [...new Set(silent)];
}

/** Alternative text is present and speaks every number the table shows. */
const alternativeText = perItem((item) => {
  const { stimulus } = item;
  if (item.type === 'chart' && stimulus === undefined) return [{ part: 'stimulus' }];
  if (stimulus === undefined || stimulus.kind === 'text') return [];
  if (stimulus.alt === undefined) return [{ part: 'alt' }];
  const silent = unspokenNumbers(stimulus);
  return silent.length === 0 ? [] : [{ part: 'values', found: silent.join('、') }];
});

/** Kinds of source that may support an item but never stand alone (question-bank-spec §2.8). */
const secondaryKinds = /百科|新闻|科普|自媒体|网页/u;

/** Whether a source is no longer in force and must not carry an item any more. */
export const isSuperseded = (source: Reference | undefined): boolean =>
  /superseded|withdrawn|废止|被替代/u.test(source?.status ?? '');

const references = perItem((item, { bank, today }) => {
  const cited = item.references.map(({ ref }) => ({ ref, source: bank.references[ref] }));
  const hasPrimary = cited.some(({ source }) => source !== undefined && !secondaryKinds.test(source.type));
  const outdated = cited.filter(({ source }) => isSuperseded(source));
  return [
    ...(hasPrimary ? [] : [{ part: 'noPrimarySource' }]),
    ...outdated.map(({ ref }) => ({ part: 'superseded', ref })),
    ...(item.review_due === undefined ? [{ part: 'noReviewDate' }] : []),
    ...(item.review_due !== undefined && item.review_due <= today
      ? [{ part: 'reviewDue', date: item.review_due }]
      : []),
  ];
});

const timeBands = {
  tf: [12, 15],
  single: [20, 26],
  multi: [28, 34],
  chart: [35, 45],
  order: [42, 50],
  match: [42, 50],
} as const satisfies Record<BankItem['type'], readonly [number, number]>;
const stimulusReadingSec = 36;

/** Seconds of the type table §2.2; an item with a stimulus may add the time to read it. */
const time = perItem((item) => {
  const [min, plain] = timeBands[item.type];
  const max = item.stimulus === undefined || item.type === 'chart' ? plain : plain + stimulusReadingSec;
  return item.time_sec < min || item.time_sec > max ? [{ seconds: item.time_sec, min, max }] : [];
});

const difficultyBasis = perItem((item) => (item.difficulty.basis.trim() === '' ? [{ part: 'basis' }] : []));

export const evidenceRules = {
  R19: { level: 'error', run: alternativeText },
  R20: { level: 'error', run: references },
  R26: { level: 'warning', run: time },
  R28: { level: 'error', run: difficultyBasis },
} as const satisfies Record<string, CheckRule>;
