/** Weighted rates of 不知道 and blanks of one item, by sex and age. */
import type { GroupColumn } from '../psychometrics/responseTable';
import type { AnalysedSurveyItem } from '../results/itemAnalysisResults';
import { itemGroupLabels } from '../texts/itemAnalysisTexts';
import { at } from '../numeric/typedArray';
import type { ItemResponses } from './itemResponses';

type MissingRate = AnalysedSurveyItem['missingRates'][number];

/** A rate of fewer respondents is not said. */
const smallestGroup = 30;

const shownVariables: readonly string[] = [itemGroupLabels.sex, itemGroupLabels.age];

function rateOf(
  { options, chosen }: ItemResponses,
  label: string,
  persons: readonly number[],
  weights: Float64Array,
): MissingRate {
  const share = (role: 'dontKnow' | 'blank'): number | null => {
    if (persons.length < smallestGroup) return null;
    const position = options.findIndex((option) => option.role === role);
    const total = persons.reduce((sum, person) => sum + at(weights, person), 0);
    const missing = persons.filter((person) => chosen[person] === position);
    return missing.reduce((sum, person) => sum + at(weights, person), 0) / total;
  };
  return { label, respondentCount: persons.length, dontKnow: share('dontKnow'), blank: share('blank') };
}

/** One entry per category that has somebody, named by its category; respondents of unknown category stay out. */
export function missingRates(
  responses: ItemResponses,
  groups: readonly GroupColumn[],
  weights: Float64Array,
): MissingRate[] {
  return groups
    .filter(({ variable }) => shownVariables.includes(variable))
    .flatMap(({ categories }) => {
      const present = [...new Set(categories)].filter((category) => category !== '').sort();
      return present.map((category) =>
        rateOf(
          responses,
          category,
          categories.flatMap((each, person) => (each === category ? [person] : [])),
          weights,
        ),
      );
    });
}
