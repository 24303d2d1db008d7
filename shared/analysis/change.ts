/**
 * Change since the latest earlier survey of the same plan, for the region and every unit both surveys show. On one form
 * raw shares are subtracted; forms of other items only as model-based shares on a linked scale, sqrt(SE_1^2 + SE_2^2 +
 * LE^2) (question-bank-spec §3.3); raw shares of different forms never.
 */
import { changeBetweenWaves } from '../estimation/progress';
import type { ChangeResults, ChangeRow } from '../results/progressResults';
import type { Figure } from '../results/surveyResults';
import type { AnalysisInput } from './analysisInput';
import {
  instrumentKeyOf,
  modelFigures,
  usableFigure,
  type ComparedTables,
  type EarlierWave,
} from './earlierWave';

const ownKey = ({ instrument, isShortForm }: AnalysisInput): string =>
  instrumentKeyOf({ id: instrument.id, version: instrument.version, isShortForm });

/** Earlier surveys, oldest first. */
const earlierWaves = (input: AnalysisInput): readonly EarlierWave[] =>
  (input.earlierWaves ?? [])
    .filter(({ year }) => year < input.survey.settings.year)
    .toSorted((a, b) => a.year - b.year);

/** Same instrument, or one its rule declares comparable. */
const hasSameRule = (input: AnalysisInput, wave: EarlierWave): boolean =>
  wave.instrumentKey === ownKey(input) || input.instrument.comparableWith.includes(wave.instrumentId);

/** Earlier surveys whose raw figures may stand on one line with this one, oldest first. */
export const comparableWaves = (input: AnalysisInput): readonly EarlierWave[] =>
  earlierWaves(input).filter(
    (wave) => wave.basis === 'probability' && hasSameRule(input, wave) && wave.join.form === 'same',
  );

interface Compared {
  readonly basis: ChangeResults['basis'];
  readonly linkingError: number | null;
  readonly pairs: readonly {
    readonly regionCode: string;
    readonly before: Figure | undefined;
    readonly now: Figure;
  }[];
}

function comparedOf(wave: EarlierWave, tables: ComparedTables): Compared {
  const isLinked = wave.join.form === 'linked';
  const before = isLinked ? wave.modelBased : wave;
  const now = isLinked
    ? modelFigures(tables.modelBased)
    : { headline: tables.headline.literate, units: tables.units };
  const basis = isLinked ? 'modelBased' : 'raw';
  const linkingError = wave.join.form === 'linked' ? wave.join.linkingError : null;
  if (before === null || now === null) return { basis, linkingError, pairs: [] };
  return {
    basis,
    linkingError,
    pairs: [
      { regionCode: tables.headline.regionCode, before: before.headline, now: now.headline },
      ...now.units.map(({ regionCode, literate }) => ({
        regionCode,
        before: before.units.find((unit) => unit.regionCode === regionCode)?.literate,
        now: literate,
      })),
    ],
  };
}

function rowsOf(input: AnalysisInput, wave: EarlierWave, compared: Compared): readonly ChangeRow[] {
  const { linkingError } = compared;
  return compared.pairs.flatMap((pair) => {
    const [before, now] = [usableFigure(pair.before), usableFigure(pair.now)];
    if (before === null || now === null) return [];
    const found = changeBetweenWaves(
      { year: wave.year, instrumentId: ownKey(input), ...before },
      { year: input.survey.settings.year, instrumentId: ownKey(input), ...now },
      { linkingError, confidenceLevel: input.confidenceLevel },
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
  });
}

function refusalOf(input: AnalysisInput, wave: EarlierWave, { pairs }: Compared): ChangeResults['refusal'] {
  if (input.survey.settings.basis === 'nonprobability' || wave.basis === 'nonprobability')
    return 'nonprobability';
  if (wave.join.form === 'linked') return pairs.length === 0 ? 'modelBasedMissing' : null;
  if (!hasSameRule(input, wave)) return 'instrumentsDiffer';
  return wave.join.form === 'different' ? 'formsNotLinked' : null;
}

/** Null when no earlier survey is known. A refusal names its reason and subtracts nothing. */
export function changeOf(input: AnalysisInput, tables: ComparedTables): ChangeResults | null {
  const wave = earlierWaves(input).at(-1);
  if (wave === undefined) return null;
  const { surveyId, surveyName, year } = wave;
  const compared = comparedOf(wave, tables);
  const refusal = refusalOf(input, wave, compared);
  const rows = refusal === null ? rowsOf(input, wave, compared) : [];
  const nothing = refusal === null && rows.length === 0 ? 'notShown' : null;
  const { basis, linkingError } = compared;
  return { surveyId, surveyName, year, basis, linkingError, refusal: refusal ?? nothing, rows: [...rows] };
}
