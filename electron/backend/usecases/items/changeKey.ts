/**
 * 更正 of a wrong key and 停用 of an item. Scores are computed first, in slices; then the new version or status, the
 * recorded change, every new score and the audit event go into one transaction. Whatever interrupts before that
 * leaves nothing behind, and doing it again does the whole of it.
 */
import { randomUUID } from 'node:crypto';
import { itemSchema } from '@shared/assessment/item';
import type { KeyChange } from '@shared/assessment/keyChange';
import type { KeyChangeImpact } from '@shared/contract/areas/items';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { itemStatusLabels } from '@shared/texts/itemTexts';
import { openedKeyChanges, sealedKeyChange } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { setItemStatus } from '../../database/repositories/items';
import { listKeyChanges, recordKeyChange } from '../../database/repositories/keyChanges';
import { dataFingerprint } from '../../database/repositories/respondents';
import type { JobHandle } from '../../host/jobs';
import { findItemBank, itemWithKey } from './currentBank';
import type { ItemState } from './currentBank';
import { rescoreInSlices, rescoreSurvey, scoredRows, surveysWithItem } from './rescore';
import type { Rescored } from './rescore';
import { recordVersion } from './saveItem';

export interface KeyChangeRequest {
  readonly itemId: string;
  readonly by: string;
  readonly reason: string;
  readonly job: JobHandle;
}

/** Share of the progress bar that scoring takes; storing takes the rest. */
const scoringShare = 0.8;

/** What a correction or withdrawal would touch. Fails with NOT_FOUND. */
export function keyChangeImpact(context: HostContext, itemId: string): Result<KeyChangeImpact> {
  if (findItemBank(context, itemId) === null) return fail('NOT_FOUND', { what: 'item' });
  const surveys = surveysWithItem(context, itemId).map(({ survey }) => ({
    name: survey.settings.name,
    isDemo: survey.isDemo,
    scoreCount: scoredRows(context, survey).length,
  }));
  return ok({ surveys, scoreCount: surveys.reduce((sum, { scoreCount }) => sum + scoreCount, 0) });
}

const changeOf = (
  context: HostContext,
  state: ItemState,
  request: KeyChangeRequest,
  change: KeyChange['change'],
): KeyChange => ({
  changeId: randomUUID(),
  itemId: request.itemId,
  versions: [...new Set(state.versions.map(({ version }) => version))],
  change,
  reason: request.reason,
  by: request.by,
  at: context.clock().toISOString(),
});

async function scoreAll(
  context: HostContext,
  change: KeyChange,
  job: JobHandle,
): Promise<Result<ReadonlyMap<string, Rescored>>> {
  const changes = [...openedKeyChanges(context), change];
  const affected = surveysWithItem(context, change.itemId, change.versions);
  const done = new Map<string, Rescored>();
  for (const [index, each] of affected.entries()) {
    const [from, to] = [index, index + 1].map((step) => (scoringShare * step) / affected.length);
    const rescored = await rescoreInSlices(context, each, changes, { job, from: from ?? 0, to: to ?? 0 });
    if (!rescored.ok) return rescored;
    done.set(each.survey.id, rescored.value);
  }
  return ok(done);
}

/** What was computed, with every survey whose data moved on meanwhile scored once more. */
function upToDate(
  context: HostContext,
  change: KeyChange,
  computed: ReadonlyMap<string, Rescored>,
): Result<readonly Rescored[]> {
  const { db } = context.vault.storage();
  const changes = [...openedKeyChanges(context), change];
  const current: Rescored[] = [];
  for (const affected of surveysWithItem(context, change.itemId, change.versions)) {
    const known = computed.get(affected.survey.id);
    const isCurrent = known?.fingerprint === dataFingerprint(db, affected.survey.id);
    const rescored = known !== undefined && isCurrent ? ok(known) : rescoreSurvey(context, affected, changes);
    if (!rescored.ok) return rescored;
    current.push(rescored.value);
  }
  return ok(current);
}

interface Planned {
  readonly bankId: string;
  readonly change: KeyChange;
  /** Writes the new version or status. */
  readonly recordItem: () => Result<unknown>;
}

/** Everything in one transaction. */
function store(
  context: HostContext,
  { bankId, change, recordItem }: Planned,
  computed: ReadonlyMap<string, Rescored>,
): Result<null> {
  const { db } = context.vault.storage();
  return db.transact(() => {
    const current = upToDate(context, change, computed);
    if (!current.ok) return current;
    const item = recordItem();
    if (!item.ok) return item;
    const sealed = sealedKeyChange(context, bankId, change);
    if (!sealed.ok) return sealed;
    const recorded = recordKeyChange(
      db,
      sealed.value,
      current.value.map(({ summary }) => summary),
    );
    if (!recorded.ok) return recorded;
    for (const { scores } of current.value)
      for (const score of scores) db.record({ kind: 'scoreSaved', ...score, at: change.at });
    const scoreCount = current.value.reduce((sum, { scores }) => sum + scores.length, 0);
    const detail = {
      changeId: change.changeId,
      kind: change.change.kind,
      by: change.by,
      surveyCount: current.value.length,
      scoreCount,
    };
    return appendAudit(db, { action: `item.${change.change.kind}`, subject: change.itemId, detail });
  });
}

async function run(context: HostContext, planned: Planned, job: JobHandle): Promise<Result<null>> {
  const computed = await scoreAll(context, planned.change, job);
  if (!computed.ok) return computed;
  job.report('storing', scoringShare);
  return store(context, planned, computed.value);
}

const isWithdrawn = (context: HostContext, itemId: string): boolean =>
  listKeyChanges(context.vault.storage().db).some(
    (change) => change.itemId === itemId && change.change.kind === 'withdrawn',
  );

const withdrawnAlready = (itemId: string, status: string) =>
  fail('ITEM_STATUS_NOT_ALLOWED', { itemId, status, problems: '这道题已经停用' });

/**
 * Replaces the key of an item, as a new version of it, and scores every closed interview that was asked it again;
 * old scores are superseded, not changed. An item that was past 草稿 goes back to 待审.
 * Failures: NOT_FOUND, BANK_KEYS_CLOSED, ITEM_NOT_VALID {problem}, ITEM_STATUS_NOT_ALLOWED, ITEM_CHANGED_MEANWHILE,
 * CANCELLED.
 */
export async function correctKey(
  context: HostContext,
  request: KeyChangeRequest & { readonly newKey: readonly string[] },
): Promise<Result<null>> {
  const { itemId, by, reason, newKey, job } = request;
  const found = itemWithKey(context, itemId);
  if (!found.ok) return found;
  const { current, state } = found.value;
  if (isWithdrawn(context, itemId)) return withdrawnAlready(itemId, '更正答案');
  const item = { ...state.item, key: [...newKey] };
  const isSame = JSON.stringify(newKey) === JSON.stringify(state.item.key);
  if (isSame || !itemSchema.safeParse({ ...item, status: 'draft' }).success)
    return fail('ITEM_NOT_VALID', { count: 1, problem: isSame ? '新答案与原答案相同' : '新答案不合题型' });
  const change = changeOf(context, state, request, {
    kind: 'corrected',
    oldKey: [...state.item.key],
    newKey: [...newKey],
  });
  const { id: bankId, isPublic } = current.bank.meta;
  // The reason of a private bank's correction is sealed with the keys it may quote.
  const note = isPublic ? `更正答案：${reason}` : '更正答案';
  const recordItem = (): Result<unknown> => {
    const saved = recordVersion(context, { bankId, state, item, origin: 'correction', by, note });
    if (!saved.ok || state.setStatus === 'draft' || state.setStatus === 'retired') return saved;
    const { version } = saved.value;
    const { db } = context.vault.storage();
    return setItemStatus(db, { itemId, version, status: 'review', setBy: by, reason: note });
  };
  return run(context, { bankId, change, recordItem }, job);
}

/**
 * Takes an item out of use and out of every score: the rest of its dimension is scaled to the dimension's maximum.
 * Failures: NOT_FOUND, BANK_KEYS_CLOSED, ITEM_STATUS_NOT_ALLOWED, ITEM_WITHDRAWAL_EMPTIES_DIMENSION, CANCELLED.
 */
export async function withdrawItem(context: HostContext, request: KeyChangeRequest): Promise<Result<null>> {
  const { itemId, by, reason, job } = request;
  const found = itemWithKey(context, itemId);
  if (!found.ok) return found;
  const { current, state } = found.value;
  if (isWithdrawn(context, itemId)) return withdrawnAlready(itemId, itemStatusLabels.retired);
  const change = changeOf(context, state, request, { kind: 'withdrawn' });
  const { version } = state.item;
  const recordItem = (): Result<unknown> =>
    setItemStatus(context.vault.storage().db, {
      itemId,
      version,
      status: 'retired',
      setBy: by,
      reason: `停用：${reason}`,
    });
  return run(context, { bankId: current.bank.meta.id, change, recordItem }, job);
}
