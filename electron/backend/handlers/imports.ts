/** Import, its templates, its error list and its recorded undo. */
import type { importChannels } from '@shared/contract/areas/imports';
import type { Output } from '@shared/contract/contract';
import type { BatchId, SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import { findBatch, listBatches, voidBatch } from '../database/repositories/imports';
import { getSurvey } from '../database/repositories/surveys';
import { checkImport, importAnswers, importProblems, inspectFile } from '../usecases/importAnswers';
import { importPlace } from '../usecases/importContext';
import { answerTemplateWorkbook, errorListWorkbook } from '../workbooks/templates';
import type { AreaHandlers } from './handlerTypes';

export function shelve(
  context: HostContext,
  fileName: string,
  bytes: Uint8Array,
): { token: Output<'import/createTemplate'>['token']; fileName: string } {
  const file = context.files.put(fileName, Buffer.from(bytes));
  return { token: file.token, fileName };
}

function batchRows(context: HostContext, id: SurveyId): Output<'import/list'> {
  return listBatches(context.vault.storage().db, id).map((batch) => ({
    batchId: batch.batchId,
    fileName: batch.fileName,
    contentHash: batch.contentHash,
    rowCount: batch.rowCount,
    importedAt: batch.importedAt,
    voidedAt: batch.voidedAt,
    voidReason: batch.voidReason,
  }));
}

function voidImport(context: HostContext, id: BatchId, reason: string): Result<Output<'import/list'>> {
  const { db } = context.vault.storage();
  const batch = findBatch(db, id);
  if (batch === null) return fail('NOT_FOUND', { what: 'batch' });
  const voided = voidBatch(db, id, reason);
  if (!voided.ok) return voided;
  const audited = appendAudit(db, { action: 'import.voided', subject: id, detail: { reason } });
  return audited.ok ? ok(batchRows(context, batch.surveyId)) : audited;
}

/** Refuses to mix real data into a survey of generated ones. Failures: NOT_FOUND, DEMO_SURVEY_NOT_MIXED. */
export function refuseDemo(context: HostContext, id: SurveyId): Result<null> {
  const survey = getSurvey(context.vault.storage().db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  return survey.isDemo ? fail('DEMO_SURVEY_NOT_MIXED') : ok(null);
}

export const importHandlers = {
  'import/getInspection': async ({ surveyId, token }, context) => inspectFile(context, surveyId, token),
  'import/getCheck': async ({ surveyId, token, mapping }, context) =>
    checkImport(context, surveyId, token, mapping),
  'import/run': async ({ surveyId, token, mapping }, context) => {
    const allowed = refuseDemo(context, surveyId);
    if (!allowed.ok) return allowed;
    const imported = await importAnswers(context, surveyId, token, mapping);
    if (imported.ok) context.files.remove(token);
    return imported;
  },
  'import/createErrorList': async ({ surveyId, token, mapping }, context) => {
    const problems = await importProblems(context, surveyId, token, mapping);
    if (!problems.ok) return problems;
    return ok(
      shelve(context, '导入错误清单.xlsx', errorListWorkbook(problems.value.errors, problems.value.warnings)),
    );
  },
  'import/createTemplate': async ({ surveyId }, context) => {
    const place = importPlace(context, surveyId);
    if (!place.ok) return place;
    const name = `${place.value.survey.settings.name}-答卷模板.xlsx`;
    return ok(shelve(context, name, answerTemplateWorkbook(place.value.importContext)));
  },
  'import/list': async ({ surveyId }, context) => ok(batchRows(context, surveyId)),
  'import/runVoid': async ({ batchId, reason }, context) => voidImport(context, batchId, reason),
} satisfies AreaHandlers<typeof importChannels>;
