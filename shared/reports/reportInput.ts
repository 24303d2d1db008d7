/** Everything the report prints from. The figures are those of the results document; nothing here is computed. */
import type { Instrument } from '../assessment/instrument';
import type { KeyChange, RescoredSurvey } from '../assessment/keyChange';
import type { Plan } from '../domain/plan';
import type { Survey } from '../domain/survey';
import type { KeyGroupDefinitions } from '../questionnaire/keyGroupDefinitions';
import type { VariableDescription } from '../questions/questionKind';
import type { SurveyResults } from '../results/surveyResults';
import type { ReportedItems } from './reportedItems';

export type ReportAudience = 'evaluator' | 'statistician';

export interface ReportInput {
  readonly results: SurveyResults;
  readonly survey: Survey;
  readonly plan: Plan;
  readonly instrument: Instrument;
  /** Full names by region code, for every code the results mention. */
  readonly regionNames: Readonly<Record<string, string>>;
  readonly keyGroupDefinitions: KeyGroupDefinitions;
  /** Columns of the survey's data. Test items appear by code only: a report must not carry their wording. */
  readonly codebook: readonly VariableDescription[];
  readonly bankTitle: string;
  /** Corrections and withdrawals of items after which this survey was scored again, oldest first. */
  readonly keyChanges: readonly { readonly change: KeyChange; readonly survey: RescoredSurvey }[];
  /** Keys of a bank that is not public stay out of print. */
  readonly isPublicBank: boolean;
  /** Printed for statisticians only: it names answers. */
  readonly itemAnalysis: ReportedItems;
  readonly audience: ReportAudience;
  /** ISO time at which the report is made. */
  readonly generatedAt: string;
}

export const regionName = (input: Pick<ReportInput, 'regionNames'>, code: string): string =>
  input.regionNames[code] ?? code;
