/** An earlier survey of the same plan as the host hands it over: what its results document says, and nothing else. */
import type { ModelBasedResults } from '../results/modelBasedResults';
import type { Figure, SurveyResults } from '../results/surveyResults';
import { isShown } from '../texts/format';

/**
 * How the two surveys' forms hang together. same: the same items in the same versions, raw shares compare. linked: other
 * items on one scale; model-based shares compare, with the error of the link in shares. different: nothing compares.
 */
export type FormJoin =
  | { readonly form: 'same' }
  | { readonly form: 'linked'; readonly linkingError: number }
  | { readonly form: 'different' };

interface WaveFigures {
  readonly headline: Figure;
  readonly units: readonly { readonly regionCode: string; readonly literate: Figure }[];
}

export interface EarlierWave extends WaveFigures {
  readonly surveyId: string;
  readonly surveyName: string;
  readonly year: number;
  readonly basis: SurveyResults['basis'];
  readonly instrumentId: string;
  /** Instrument and major version: figures of two keys must not be subtracted. */
  readonly instrumentKey: string;
  /** Model-based shares; null where none were estimated. */
  readonly modelBased: WaveFigures | null;
  readonly join: FormJoin;
}

/** Model-based shares as published; null where none were estimated. */
export const modelFigures = (results: ModelBasedResults): WaveFigures | null =>
  results.state === 'unavailable'
    ? null
    : {
        headline: results.headline.figure,
        units: results.units.map(({ regionCode, figure }) => ({ regionCode, literate: figure })),
      };

/** @example instrumentKeyOf({ id: 'cast-2024', version: '1.2.0', isShortForm: false }) === 'cast-2024@1' */
export const instrumentKeyOf = (instrument: {
  readonly id: string;
  readonly version: string;
  readonly isShortForm: boolean;
}): string =>
  `${instrument.id}@${instrument.version.split('.')[0] ?? ''}${instrument.isShortForm ? ' short' : ''}`;

/** The wave a results document stands for. */
export const earlierWaveOf = (results: SurveyResults, join: FormJoin): EarlierWave => ({
  surveyId: results.surveyId,
  surveyName: results.surveyName,
  year: results.year,
  basis: results.basis,
  instrumentId: results.instrumentId,
  instrumentKey: instrumentKeyOf({
    id: results.instrumentId,
    version: results.instrumentVersion,
    isShortForm: results.headline.verdict.undecidableReason === 'shortForm',
  }),
  headline: results.headline.literate,
  units: results.units.map(({ regionCode, literate }) => ({ regionCode, literate })),
  modelBased: modelFigures(results.modelBased),
  join,
});

/** Headline and units as published: what may be judged. */
export type JudgedTables = Pick<SurveyResults, 'headline' | 'units'>;

/** With the model-based shares beside them. */
export type ComparedTables = Pick<SurveyResults, 'headline' | 'units' | 'modelBased'>;

export interface UsableFigure {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** A shown share strictly between 0 and 1 with an error; null otherwise. */
export function usableFigure(figure: Figure | undefined): UsableFigure | null {
  if (figure === undefined || !isShown(figure) || figure.interval === null) return null;
  const { estimate, standardError, degreesOfFreedom } = figure;
  if (!(estimate > 0 && estimate < 1 && standardError > 0 && degreesOfFreedom > 0)) return null;
  return { estimate, standardError, degreesOfFreedom };
}
