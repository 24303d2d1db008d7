/** Every form of the folder as the exposure rules count it: filed forms and forms of real surveys. */
import { z } from 'zod';
import type { FormUse } from '@shared/assessment/exposure';
import type { ReadableDb } from '../connection';
import { fromJson } from '../json';

interface UseRow {
  readonly formId: string;
  readonly itemIdsJson: string;
  readonly markedJson: string;
  readonly anchorIdsJson: string | null;
  readonly filedAt: string | null;
  readonly status: string | null;
  readonly surveyYearsJson: string;
  readonly responseCount: number;
}

const texts = z.array(z.string());
const years = z.array(z.int());

function toUse(row: UseRow): FormUse {
  const surveyYears = years.parse(fromJson(row.surveyYearsJson));
  const isRetiredUnused = row.status === 'retired' && surveyYears.length === 0;
  return {
    formId: row.formId,
    itemIds: texts.parse(fromJson(row.itemIdsJson)),
    anchorIds: texts.parse(fromJson(row.anchorIdsJson ?? row.markedJson)),
    filedYear: row.filedAt === null || isRetiredUnused ? null : Number(row.filedAt.slice(0, 4)),
    surveyYears,
    responseCount: row.responseCount,
  };
}

/** Forms filed in the library or fielded by a survey that is not a demo. */
export function listFormUses(db: ReadableDb): readonly FormUse[] {
  return db.connection
    .prepare<[], UseRow>(
      `WITH fielded AS (
         SELECT form_id, json_group_array(DISTINCT settings_json -> 'year') AS years,
           sum((SELECT count(*) FROM interview WHERE interview.survey_id = survey.survey_id
             AND state = 'closed' AND disposition = 'complete')) AS total
         FROM survey WHERE is_demo = 0 AND form_id IS NOT NULL GROUP BY form_id)
       SELECT form.form_id AS formId,
         (SELECT json_group_array(value ->> 'itemId')
            FROM json_each(form.document_json, '$.form.entries')) AS itemIdsJson,
         (SELECT json_group_array(value ->> 'id') FROM json_each(form.document_json, '$.items')
            WHERE json_extract(value, '$.anchor.is_anchor') = 1) AS markedJson,
         record.document_json -> '$.anchorIds' AS anchorIdsJson,
         record.filed_at AS filedAt,
         (SELECT status FROM form_status WHERE form_status.form_id = form.form_id
            ORDER BY form_status.rowid DESC LIMIT 1) AS status,
         coalesce(fielded.years, '[]') AS surveyYearsJson,
         coalesce(fielded.total, 0) AS responseCount
       FROM form
       LEFT JOIN form_record AS record ON record.form_id = form.form_id
       LEFT JOIN fielded ON fielded.form_id = form.form_id
       WHERE record.form_id IS NOT NULL OR fielded.form_id IS NOT NULL
       ORDER BY form.rowid`,
    )
    .all()
    .map(toUse);
}
