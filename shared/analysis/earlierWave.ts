/** An earlier survey of the same plan as the host hands it over: what its results document says, and nothing else. */
import type { Figure, SurveyResults } from '../results/surveyResults';
import { isShown } from '../texts/format';

export interface EarlierWave {
  readonly surveyId: string;
  readonly surveyName: string;
  readonly year: number;
  readonly basis: SurveyResults['basis'];
  readonly instrumentId: string;
  /** Instrument and major version: figures of two keys must not be subtracted. */
  readonly instrumentKey: string;
  readonly headline: Figure;
  readonly units: readonly { readonly regionCode: string; readonly literate: Figure }[];
  /** Standard error, in shares, of joining the two scales by anchor items; null when nobody determined it. */
  readonly linkingError: number | null;
}

/** @example instrumentKeyOf({ id: 'cast-2024', version: '1.2.0', isShortForm: false }) === 'cast-2024@1' */
export const instrumentKeyOf = (instrument: {
  readonly id: string;
  readonly version: string;
  readonly isShortForm: boolean;
}): string =>
  `${instrument.id}@${instrument.version.split('.')[0] ?? ''}${instrument.isShortForm ? ' short' : ''}`;

/** The wave a results document stands for. */
export const earlierWaveOf = (results: SurveyResults): EarlierWave => ({
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
  linkingError: null,
});

/** Headline and units as published: what may be judged. */
export type JudgedTables = Pick<SurveyResults, 'headline' | 'units'>;

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
