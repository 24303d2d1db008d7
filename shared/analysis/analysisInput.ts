/** Everything one analysis needs, gathered by the host: data in, `SurveyResults` out, nothing read in between. */
import type { Instrument } from '../assessment/instrument';
import type { ScorableItem } from '../assessment/scoring';
import type { InterviewScore } from '../assessment/score';
import type { MarginSet } from '../contract/areas/results';
import type { Plan } from '../domain/plan';
import type { PublishedFigures } from '../domain/publishedFigure';
import type { RegionTree } from '../domain/region';
import type { RespondentRecord } from '../domain/respondent';
import type { Survey } from '../domain/survey';
import type { CalibrationRecord } from '../psychometrics/calibrationRecord';
import type { ModelBasedReason } from '../results/modelBasedResults';
import type { EarlierWave } from './earlierWave';

export interface AnalysisRow {
  readonly respondent: RespondentRecord;
  readonly score: InterviewScore | null;
}

/** What model-based shares need: a calibration of the form, and its items with the keys in force. */
export type AbilityInput =
  | {
      readonly state: 'available';
      readonly calibration: CalibrationRecord;
      readonly items: readonly ScorableItem[];
    }
  | { readonly state: 'unavailable'; readonly reason: ModelBasedReason };

export interface AnalysisInput {
  readonly survey: Survey;
  readonly plan: Plan;
  readonly regions: RegionTree;
  readonly instrument: Instrument;
  readonly rows: readonly AnalysisRow[];
  readonly margins: MarginSet | null;
  readonly figures: PublishedFigures;
  /** Earlier surveys of the same plan and region with results for their present data. */
  readonly earlierWaves?: readonly EarlierWave[];
  /** Rows carry their answers where it is available. Absent: not calibrated. */
  readonly ability?: AbilityInput;
  readonly isTrialBank: boolean;
  /** Fewer items than the instrument's own form: barred from a verdict. */
  readonly isShortForm: boolean;
  readonly dataFingerprint: string;
  readonly applicationVersion: string;
  /** ISO time of the computation. */
  readonly computedAt: string;
  readonly confidenceLevel: number;
}

/** A row that enters the estimate: completed and scored. */
export interface AnalysedRow extends AnalysisRow {
  readonly score: InterviewScore;
}

export const isAnalysed = (row: AnalysisRow): row is AnalysedRow =>
  row.score !== null && row.respondent.disposition === 'complete';

/** Goal of the plan for the survey's year: that year's, else the next one, else the last. */
export function goalFor(plan: Plan, year: number): Plan['headlineGoals'][number] {
  const goals = [...plan.headlineGoals].sort((a, b) => a.year - b.year);
  const goal = goals.find((each) => each.year >= year) ?? goals.at(-1);
  if (goal === undefined) throw new Error('a plan has at least one headline goal');
  return goal;
}
