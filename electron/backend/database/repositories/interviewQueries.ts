/** Reading interviews: one, a page with filters, counts. */
import { z } from 'zod';
import { disposition, dispositions } from '@shared/domain/disposition';
import type { Disposition } from '@shared/domain/disposition';
import { batchId, formId, interviewId, surveyId } from '@shared/domain/ids';
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import { background, designVariables } from '@shared/domain/respondent';
import type { ReadableDb } from '../connection';
import { fromJson } from '../json';

export const interviewStates = ['open', 'closed', 'voided'] as const;
export const interviewOrigins = ['live', 'import'] as const;

const interviewSchema = z.strictObject({
  id: interviewId,
  surveyId,
  origin: z.enum(interviewOrigins),
  batchId: batchId.nullable(),
  caseCode: z.string(),
  mode: z.enum(['interviewer', 'selfAdministered', 'unknown']),
  medium: z.enum(['screen', 'paper']),
  formId: formId.nullable(),
  seed: z.int(),
  state: z.enum(interviewStates),
  disposition: disposition.nullable(),
  regionCode: z.string().nullable(),
  design: designVariables,
  background: background.nullable(),
  assistance: z.string().nullable(),
  startedAt: z.string(),
  closedAt: z.string().nullable(),
  currentQuestionId: z.string().nullable(),
  voidReason: z.string().nullable(),
});
export type Interview = z.infer<typeof interviewSchema>;

export interface InterviewFilter {
  readonly surveyId: SurveyId;
  readonly state?: (typeof interviewStates)[number] | undefined;
  readonly origin?: (typeof interviewOrigins)[number] | undefined;
  readonly disposition?: Disposition | undefined;
  readonly regionCode?: string | undefined;
  /** Part of a case code. */
  readonly search?: string | undefined;
}

export interface InterviewPage {
  readonly total: number;
  readonly interviews: readonly Interview[];
}

interface InterviewRow {
  readonly interview_id: string;
  readonly survey_id: string;
  readonly origin: string;
  readonly batch_id: string | null;
  readonly case_code: string;
  readonly mode: string;
  readonly medium: string;
  readonly form_id: string | null;
  readonly seed: number;
  readonly state: string;
  readonly disposition: string | null;
  readonly region_code: string | null;
  readonly design_json: string;
  readonly background_json: string | null;
  readonly assistance: string | null;
  readonly started_at: string;
  readonly closed_at: string | null;
  readonly current_question_id: string | null;
  readonly void_reason: string | null;
}

const matching = `survey_id = :surveyId
  AND (:state IS NULL OR state = :state)
  AND (:origin IS NULL OR origin = :origin)
  AND (:disposition IS NULL OR disposition = :disposition)
  AND (:regionCode IS NULL OR region_code = :regionCode)
  AND (:search IS NULL OR instr(case_code, :search) > 0)`;

export function getInterview(db: ReadableDb, id: InterviewId): Interview | null {
  const row = db.connection
    .prepare<[string], InterviewRow>('SELECT * FROM interview WHERE interview_id = ?')
    .get(id);
  return row === undefined ? null : toInterview(row);
}

/** One page of the matching interviews, newest first, with the number of all that match. */
export function pageInterviews(
  db: ReadableDb,
  filter: InterviewFilter,
  page: { readonly offset: number; readonly limit: number },
): InterviewPage {
  const bound = bind(filter);
  const total = db.connection
    .prepare<typeof bound, { total: number }>(`SELECT count(*) AS total FROM interview WHERE ${matching}`)
    .get(bound)?.total;
  const rows = db.connection
    .prepare<typeof bound & typeof page, InterviewRow>(
      `SELECT * FROM interview WHERE ${matching}
       ORDER BY started_at DESC, case_code, interview_id LIMIT :limit OFFSET :offset`,
    )
    .all({ ...bound, ...page });
  return { total: total ?? 0, interviews: rows.map(toInterview) };
}

/** Case codes in force: of every interview and imported row of the survey that was not voided. */
export function listCaseCodes(db: ReadableDb, id: SurveyId): ReadonlySet<string> {
  const codes = db.connection
    .prepare<[string], string>("SELECT case_code FROM interview WHERE survey_id = ? AND state <> 'voided'")
    .pluck()
    .all(id);
  return new Set(codes);
}

/** Number of closed interviews by disposition, voided ones apart; every disposition is listed. */
export function countByDisposition(
  db: ReadableDb,
  id: SurveyId,
): Readonly<Record<Disposition, number>> & { readonly open: number } {
  const rows = db.connection
    .prepare<[string], { outcome: string; cases: number }>(
      `SELECT CASE state WHEN 'closed' THEN disposition ELSE state END AS outcome, count(*) AS cases
       FROM interview WHERE survey_id = ? GROUP BY outcome`,
    )
    .all(id);
  const counted = new Map(rows.map((row) => [row.outcome, row.cases]));
  const byDisposition = Object.fromEntries(
    dispositions.map((name) => [name, counted.get(name) ?? 0]),
  ) as Record<Disposition, number>;
  return { ...byDisposition, open: counted.get('open') ?? 0 };
}

function bind(filter: InterviewFilter) {
  return {
    surveyId: filter.surveyId,
    state: filter.state ?? null,
    origin: filter.origin ?? null,
    disposition: filter.disposition ?? null,
    regionCode: filter.regionCode ?? null,
    search: filter.search ?? null,
  };
}

function toInterview(row: InterviewRow): Interview {
  return interviewSchema.parse({
    id: row.interview_id,
    surveyId: row.survey_id,
    origin: row.origin,
    batchId: row.batch_id,
    caseCode: row.case_code,
    mode: row.mode,
    medium: row.medium,
    formId: row.form_id,
    seed: row.seed,
    state: row.state,
    disposition: row.disposition,
    regionCode: row.region_code,
    design: fromJson(row.design_json),
    background: row.background_json === null ? null : fromJson(row.background_json),
    assistance: row.assistance,
    startedAt: row.started_at,
    closedAt: row.closed_at,
    currentQuestionId: row.current_question_id,
    voidReason: row.void_reason,
  });
}
