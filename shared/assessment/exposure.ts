/**
 * Exposure rules of question-bank-spec §3.5, counted over the forms of one data folder.
 *
 * A form counts in the calendar year it was filed in and in every year a real survey fielded it; a form that was
 * retired before any survey used it, and forms of demo surveys, do not count. Three limits, each for its own:
 * - use rate: an item stands on at most 25 % of the forms of a year. Below four forms a quarter is less than one form,
 *   so the rule there says: one form a year. With n forms the most is max(1, floor(n / 4)).
 * - waves: an item rests after three years in which a real survey asked it. Surveys of one year are one wave.
 * - responses: an item rests after 50,000 complete cases.
 * Anchors must come back every year to link the scale, so what an item does as an anchor is counted apart and brings
 * it to no limit; leaked anchors are found by drift (§3.3).
 */

export const exposureRules = {
  largestUseRate: 0.25,
  wavesBeforeRest: 3,
  responsesBeforeRest: 50_000,
} as const;

/** One form as the rules count it. */
export interface FormUse {
  readonly formId: string;
  readonly itemIds: readonly string[];
  /** Those of its items that stand on it as anchors. */
  readonly anchorIds: readonly string[];
  /** Year the form was filed in; null when it was not filed, or retired unused. */
  readonly filedYear: number | null;
  /** Years of the real surveys that fielded it. */
  readonly surveyYears: readonly number[];
  /** Complete cases of those surveys. */
  readonly responseCount: number;
}

export type ExposureLimit = 'useRate' | 'waves' | 'responses';

export interface ItemExposureState {
  /** Forms of the year that carry the item, not as an anchor. */
  readonly formsWithItem: number;
  readonly waveCount: number;
  readonly responseCount: number;
  /** Forms, of all years, it stands on as an anchor, and their complete cases. */
  readonly anchorFormCount: number;
  readonly anchorResponseCount: number;
  /** Limits that keep the item off a further form. */
  readonly limits: readonly ExposureLimit[];
}

export interface ExposureYear {
  readonly year: number;
  /** Forms about to be added in this year: they count towards the year's number of forms. */
  readonly formsToCome: number;
}

export interface ExposureOverview {
  /** Forms that count in the year, without those to come. */
  readonly formCount: number;
  /** Forms of the year one item may stand on. */
  readonly allowedForms: number;
  /** By item id; an item no form carries is absent. */
  readonly items: ReadonlyMap<string, ItemExposureState>;
}

/** State of an item no form carries. */
export const notExposed: ItemExposureState = {
  formsWithItem: 0,
  waveCount: 0,
  responseCount: 0,
  anchorFormCount: 0,
  anchorResponseCount: 0,
  limits: [],
};

/** Most forms of a year one item may stand on. @example allowedFormsOf(3) === 1; allowedFormsOf(8) === 2 */
export const allowedFormsOf = (formCount: number): number =>
  Math.max(1, Math.floor(formCount * exposureRules.largestUseRate + 1e-9));

const countsIn = (use: FormUse, year: number): boolean =>
  use.filedYear === year || use.surveyYears.includes(year);

const totalResponses = (uses: readonly FormUse[]): number =>
  uses.reduce((sum, { responseCount }) => sum + responseCount, 0);

function stateOf(
  itemId: string,
  uses: readonly FormUse[],
  { year, allowedForms }: { readonly year: number; readonly allowedForms: number },
): ItemExposureState {
  const asAnchor = uses.filter(({ anchorIds }) => anchorIds.includes(itemId));
  const ordinary = uses.filter((use) => !asAnchor.includes(use));
  const formsWithItem = ordinary.filter((use) => countsIn(use, year)).length;
  const waveCount = new Set(ordinary.flatMap(({ surveyYears }) => surveyYears)).size;
  const responseCount = totalResponses(ordinary);
  const reached: readonly (readonly [ExposureLimit, boolean])[] = [
    ['useRate', formsWithItem >= allowedForms],
    ['waves', waveCount >= exposureRules.wavesBeforeRest],
    ['responses', responseCount >= exposureRules.responsesBeforeRest],
  ];
  return {
    formsWithItem,
    waveCount,
    responseCount,
    anchorFormCount: asAnchor.length,
    anchorResponseCount: totalResponses(asAnchor),
    limits: reached.flatMap(([limit, isReached]) => (isReached ? [limit] : [])),
  };
}

/**
 * Exposure of every item some form carries, and whether a further form of the year may carry it.
 * @example with 3 forms in the year and 1 to come, an item on one of them is at its limit (max(1, floor(4 / 4)) = 1)
 */
export function exposureOf(uses: readonly FormUse[], { year, formsToCome }: ExposureYear): ExposureOverview {
  const formCount = uses.filter((use) => countsIn(use, year)).length;
  const allowedForms = allowedFormsOf(formCount + formsToCome);
  const byItem = new Map<string, FormUse[]>();
  for (const use of uses)
    for (const itemId of use.itemIds) byItem.set(itemId, [...(byItem.get(itemId) ?? []), use]);
  return {
    formCount,
    allowedForms,
    items: new Map(
      [...byItem].map(([itemId, own]) => [itemId, stateOf(itemId, own, { year, allowedForms })]),
    ),
  };
}
