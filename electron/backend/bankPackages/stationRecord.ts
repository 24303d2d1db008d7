/** A record of the form library as it may travel to stations: nothing of the bank beyond the form's own items. */
import type { Form } from '@shared/assessment/form';
import type { JsonValue } from '../database/json';
import type { StoredFormRecord } from '../database/repositories/formRecords';
import { documentOf } from '../usecases/forms/formLibrary';
import type { RecordDocument } from '../usecases/forms/formLibrary';
import type { PackedRecord } from './content';

/** Without numbers of other items and without the counts of keys. */
export function withoutBank(document: RecordDocument, form: Form): RecordDocument {
  const own = new Set(form.entries.map(({ itemId }) => itemId));
  const kept = (ids: readonly string[]): string[] => ids.filter((id) => own.has(id));
  const { set, report, anchorIds } = document;
  const request = { ...set.request, excluded: [], forced: kept(set.request.forced) };
  return {
    set: { ...set, request, anchorIds: kept(set.anchorIds), restingItems: [], violations: [] },
    report: { ...report, keyBalance: [], violations: [] },
    anchorIds: kept(anchorIds),
  };
}

export const stationRecord = (record: StoredFormRecord, form: Form): PackedRecord => ({
  formId: form.id,
  title: record.title,
  setId: record.setId,
  seed: record.seed,
  document: withoutBank(documentOf(record), form) as unknown as JsonValue,
});
