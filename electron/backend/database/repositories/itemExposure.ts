/** How often items were asked: from the stored forms of surveys and their complete cases. */
import type { ReadableDb } from '../connection';

export interface ItemExposureCount {
  /** Different forms of real surveys the item stands on. */
  readonly formCount: number;
  readonly surveyCount: number;
  readonly demoSurveyCount: number;
  /** Complete cases of real surveys. */
  readonly responseCount: number;
  /** ISO time of the newest of them. */
  readonly lastUsedAt: string | null;
}

/** Counts by item id, all versions of an item together; an item no survey has is absent. */
export function itemExposure(db: ReadableDb): ReadonlyMap<string, ItemExposureCount> {
  const rows = db.connection
    .prepare<[], ItemExposureCount & { readonly itemId: string }>(
      `WITH cases AS (
         SELECT survey_id, count(*) AS total, max(closed_at) AS last FROM interview
         WHERE state = 'closed' AND disposition = 'complete' GROUP BY survey_id)
       SELECT entry.value ->> 'itemId' AS itemId,
         count(DISTINCT CASE WHEN is_demo = 0 THEN survey.form_id END) AS formCount,
         sum(is_demo = 0) AS surveyCount,
         sum(is_demo = 1) AS demoSurveyCount,
         sum(CASE WHEN is_demo = 0 THEN coalesce(cases.total, 0) ELSE 0 END) AS responseCount,
         max(CASE WHEN is_demo = 0 THEN cases.last END) AS lastUsedAt
       FROM survey
       JOIN form ON form.form_id = survey.form_id
       JOIN json_each(form.document_json, '$.form.entries') AS entry
       LEFT JOIN cases ON cases.survey_id = survey.survey_id
       GROUP BY itemId`,
    )
    .all();
  return new Map(rows.map(({ itemId, ...counts }) => [itemId, counts]));
}
