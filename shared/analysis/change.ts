/** Change since the latest earlier survey of the same plan, for the region and every unit both surveys show. */
import { changeBetweenWaves } from '../estimation/progress';
import type { ChangeResults, ChangeRow } from '../results/progressResults';
import type { Figure } from '../results/surveyResults';
import type { AnalysisInput } from './analysisInput';
import { instrumentKeyOf, usableFigure, type EarlierWave, type JudgedTables } from './earlierWave';

const ownKey = ({ instrument, isShortForm }: AnalysisInput): string =>
  instrumentKeyOf({ id: instrument.id, version: instrument.version, isShortForm });

/** Earlier surveys, oldest first. */
const earlierWaves = (input: AnalysisInput): readonly EarlierWave[] =>
  (input.earlierWaves ?? [])
    .filter(({ year }) => year < input.survey.settings.year)
    .toSorted((a, b) => a.year - b.year);

/** Same instrument, one its rule declares comparable, or scales joined with a known error. */
const isJoined = (input: AnalysisInput, wave: EarlierWave): boolean =>
  wave.instrumentKey === ownKey(input) ||
  input.instrument.comparableWith.includes(wave.instrumentId) ||
  wave.linkingError !== null;

/** Earlier surveys whose figures may stand on one line with this one, oldest first. */
export const comparableWaves = (input: AnalysisInput): readonly EarlierWave[] =>
  earlierWaves(input).filter((wave) => wave.basis === 'probability' && isJoined(input, wave));

function rowOf(
  input: AnalysisInput,
  wave: EarlierWave,
  pair: { readonly regionCode: string; readonly before: Figure | undefined; readonly now: Figure },
): readonly ChangeRow[] {
  const [before, now] = [usableFigure(pair.before), usableFigure(pair.now)];
  if (before === null || now === null) return [];
  const found = changeBetweenWaves(
    { year: wave.year, instrumentId: isJoined(input, wave) ? ownKey(input) : wave.instrumentKey, ...before },
    { year: input.survey.settings.year, instrumentId: ownKey(input), ...now },
    { linkingError: wave.linkingError, confidenceLevel: input.confidenceLevel },
  );
  if (!found.ok) return [];
  const { difference, standardError, interval, pValue, degreesOfFreedom, smallestDetectable } = found.value;
  return [
    {
      regionCode: pair.regionCode,
      earlier: before.estimate,
      later: now.estimate,
      difference,
      standardError,
      ...interval,
      level: input.confidenceLevel,
      pValue,
      degreesOfFreedom: Number.isFinite(degreesOfFreedom) ? degreesOfFreedom : null,
      smallestDetectable,
    },
  ];
}

function refusalOf(input: AnalysisInput, wave: EarlierWave): ChangeResults['refusal'] {
  if (input.survey.settings.basis === 'nonprobability' || wave.basis === 'nonprobability')
    return 'nonprobability';
  return isJoined(input, wave) ? null : 'instrumentsDiffer';
}

/** Null when no earlier survey is known. A refusal names its reason and subtracts nothing. */
export function changeOf(input: AnalysisInput, { headline, units }: JudgedTables): ChangeResults | null {
  const wave = earlierWaves(input).at(-1);
  if (wave === undefined) return null;
  const { surveyId, surveyName, year, linkingError } = wave;
  const refusal = refusalOf(input, wave);
  const pairs = [
    { regionCode: headline.regionCode, before: wave.headline, now: headline.literate },
    ...units.map(({ regionCode, literate }) => ({
      regionCode,
      before: wave.units.find((unit) => unit.regionCode === regionCode)?.literate,
      now: literate,
    })),
  ];
  const rows = refusal === null ? pairs.flatMap((pair) => rowOf(input, wave, pair)) : [];
  const nothing = refusal === null && rows.length === 0 ? 'notShown' : null;
  return { surveyId, surveyName, year, linkingError, refusal: refusal ?? nothing, rows };
}
