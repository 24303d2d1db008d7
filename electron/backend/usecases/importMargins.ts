/** Population margins from a sheet: checked cell by cell, stored with source and hash, the old ones kept. */
import type { Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { readMargins } from '@shared/importing/margins';
import type { HostContext } from '../context';
import type { JsonValue } from '../database/json';
import { appendAudit } from '../database/repositories/audit';
import { saveMargins } from '../database/repositories/margins';
import { loadMargins } from './estimateSurvey';
import { hashOf, readShelved, toErrorView } from './importAnswers';
import { importPlace } from './importContext';

/** Name of the sheet in our own template; any other workbook is read from its first sheet. */
const templateSheet = '边际总体';

export async function importMargins(
  context: HostContext,
  id: SurveyId,
  token: string,
  source: string,
): Promise<Result<Output<'margin/import'>>> {
  const place = importPlace(context, id);
  if (!place.ok) return place;
  const workbook = await readShelved(context, token);
  if (!workbook.ok) return workbook;
  const { sheets } = workbook.value;
  const table = sheets.find((sheet) => sheet.name === templateSheet) ?? sheets[0];
  const file = context.files.get(token);
  if (table === undefined || file === null) return fail('FILE_EMPTY');
  const read = readMargins(table, place.value.importContext.regions);
  const warnings = read.warnings.map(toErrorView);
  if (read.errors.length > 0) return ok({ marginSet: null, errors: read.errors.map(toErrorView), warnings });
  const { db } = context.vault.storage();
  const document = read.margins as unknown as JsonValue;
  const saved = saveMargins(db, { surveyId: id, document, source, contentHash: hashOf(file) });
  if (!saved.ok) return saved;
  const audited = appendAudit(db, { action: 'margins.imported', subject: id, detail: { source } });
  return audited.ok ? ok({ marginSet: loadMargins(context, id), errors: [], warnings }) : audited;
}
