/** The table of papers of a survey with the agreement of the two entries. Counts only: no keyed text leaves here. */
import type { PaperList, PaperRow } from '@shared/contract/areas/paper';
import type { SurveyId } from '@shared/domain/ids';
import { agreementOf, compareEntries, shareOfEntry, workByTypist } from '@shared/paper/comparison';
import type { KeyedFields, SettledField, TypistShare } from '@shared/paper/comparison';
import { formatPaperNumber } from '@shared/paper/paperNumber';
import { omit } from '@shared/domain/omit';
import type { PaperStatus } from '@shared/texts/paperEntryTexts';
import type { HostContext } from '../../context';
import type { ReadableDb } from '../../database/connection';
import {
  entriesOfPaper,
  filingOf,
  keyedTexts,
  listPaperEntries,
  listPaperRuns,
  rulingsOf,
  strokesOf,
  voidOf,
  voidedNumbers,
} from '../../database/repositories/papers';
import type { PaperEntry, PaperRuling } from '../../database/repositories/papers';

export interface TwoEntries {
  readonly first: KeyedFields;
  readonly second: KeyedFields;
  readonly fieldIds: readonly string[];
  /** Newest ruling of each field. */
  readonly rulings: ReadonlyMap<string, PaperRuling>;
}

/** Both entries of a paper once they have ended; null before. */
export function twoEntries(db: ReadableDb, entries: readonly PaperEntry[]): TwoEntries | null {
  const [one, two] = entries;
  if (one === undefined || two === undefined || one.endedAt === null || two.endedAt === null) return null;
  const first = keyedTexts(db, one.entryId);
  const second = keyedTexts(db, two.entryId);
  const rulings = new Map(rulingsOf(db, one.paperNumber).map((ruling) => [ruling.fieldId, ruling]));
  return { first, second, fieldIds: [...new Set([...first.keys(), ...second.keys()])], rulings };
}

/** What a field is settled to be; null while the entries differ and nobody ruled. */
export function settledText({ first, second, rulings }: TwoEntries, fieldId: string): string | null {
  const ruling = rulings.get(fieldId);
  if (ruling !== undefined) return ruling.keyed;
  const keyed = first.get(fieldId) ?? '';
  return keyed === (second.get(fieldId) ?? '') ? keyed : null;
}

const openDifferences = (both: TwoEntries): number =>
  compareEntries(both.fieldIds, both.first, both.second).filter(
    ({ fieldId }) => settledText(both, fieldId) === null,
  ).length;

function statusOf(entries: readonly PaperEntry[], both: TwoEntries | null): PaperStatus {
  if (both === null) {
    const [first, second] = entries;
    if (second !== undefined) return 'secondOpen';
    return first === undefined || first.endedAt === null ? 'firstOpen' : 'awaitingSecond';
  }
  if (openDifferences(both) > 0) return 'differences';
  return both.rulings.size > 0 ? 'settled' : 'agreed';
}

const toMark = (entry: PaperEntry | undefined): PaperRow['first'] =>
  entry === undefined ? null : omit(entry, 'entryId', 'paperNumber', 'surveyId', 'round');

function rowOf(db: ReadableDb, paperNumber: number, entries: readonly PaperEntry[]): PaperRow {
  const both = twoEntries(db, entries);
  const filing = filingOf(db, paperNumber);
  const voided = voidOf(db, paperNumber);
  const status = voided !== null ? 'voided' : filing !== null ? 'filed' : statusOf(entries, both);
  return {
    paperNumber,
    label: formatPaperNumber(paperNumber),
    status,
    openDifferences: both === null ? 0 : openDifferences(both),
    first: toMark(entries[0]),
    second: toMark(entries[1]),
    interviewId: filing?.interviewId ?? null,
    voidReason: voided?.reason ?? null,
  };
}

export const paperRow = (db: ReadableDb, paperNumber: number): PaperRow =>
  rowOf(db, paperNumber, entriesOfPaper(db, paperNumber));

const settledFields = (both: TwoEntries): readonly SettledField[] =>
  both.fieldIds.map((fieldId) => ({
    first: both.first.get(fieldId) ?? '',
    second: both.second.get(fieldId) ?? '',
    final: settledText(both, fieldId),
  }));

/** Errors of both persons; a paper counts once all its differences are settled. */
function sharesOf(
  db: ReadableDb,
  entries: readonly PaperEntry[],
  fields: readonly SettledField[],
): TypistShare[] {
  const final = fields.flatMap((field) => (field.final === null ? [] : [{ ...field, final: field.final }]));
  if (final.length < fields.length) return [];
  return entries.map(({ typist, entryId, round }) =>
    shareOfEntry(
      typist,
      strokesOf(db, entryId),
      final.map((field) => ({ keyed: round === 1 ? field.first : field.second, final: field.final })),
    ),
  );
}

function byPaper(entries: readonly PaperEntry[]): ReadonlyMap<number, readonly PaperEntry[]> {
  const groups = new Map<number, PaperEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.paperNumber);
    if (group === undefined) groups.set(entry.paperNumber, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** Papers with at least one entry or voided, newest number first. */
export function paperList(context: HostContext, surveyId: SurveyId): PaperList {
  const { db } = context.vault.storage();
  const runs = listPaperRuns(db, surveyId);
  const entries = byPaper(listPaperEntries(db, surveyId));
  const isOfSurvey = (paperNumber: number): boolean =>
    runs.some(({ firstNumber, copies }) => paperNumber >= firstNumber && paperNumber < firstNumber + copies);
  const spoilt = [...voidedNumbers(db)].filter((number) => !entries.has(number) && isOfSurvey(number));
  const rows = [...entries.keys(), ...spoilt].map((number) => rowOf(db, number, entries.get(number) ?? []));
  const compared = [...entries.values()].flatMap((pair) => {
    const both = twoEntries(db, pair);
    return both === null ? [] : [{ pair, fields: settledFields(both) }];
  });
  return {
    rows: rows.sort((a, b) => b.paperNumber - a.paperNumber),
    runs: runs.map((run) => omit(run, 'runId', 'surveyId', 'formId')),
    printed: runs.reduce((sum, { copies }) => sum + copies, 0),
    agreement: agreementOf(compared.flatMap(({ fields }) => fields)),
    typists: [...workByTypist(compared.flatMap(({ pair, fields }) => sharesOf(db, pair, fields)))],
  };
}
