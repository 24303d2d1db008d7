/** What the 题库 screens are given: rows, one item with its history, findings. Keys only to the bank's own roles. */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import { checkRules } from '@shared/assessment/bankCheck';
import { splitItem } from '@shared/assessment/secrecy/splitItem';
import { needsChecklist, nextStatuses, transitionProblems } from '@shared/assessment/workflow';
import type { BankHead, ItemRow, ItemView } from '@shared/contract/areas/items';
import type { Output } from '@shared/contract/contract';
import { omit } from '@shared/domain/omit';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import {
  checkRuleLabels,
  summaryActualText,
  summarySectionLabels,
  summarySubject,
  summaryTargetText,
} from '@shared/texts/bankCheckTexts';
import { keysNeededText, transitionProblemText } from '@shared/texts/itemTexts';
import { openedKeyChanges } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import { itemExposure } from '../../database/repositories/itemExposure';
import { itemExposureToday } from '../forms/exposure';
import { listKeyChanges, surveysOfKeyChange } from '../../database/repositories/keyChanges';
import { ownFindings, toFindingView } from './checkItem';
import { materialsInUse } from './materials';
import { traceKeyViews } from '../banks/keyViews';
import { checkSetting, currentBank, findItemBank, withKeys, workflowFacts } from './currentBank';
import type { CurrentBank, ItemState } from './currentBank';

const notAsked = {
  formCount: 0,
  surveyCount: 0,
  demoSurveyCount: 0,
  responseCount: 0,
  lastUsedAt: null,
} as const;

/** Whether this role keeps the bank: sees keys, edits, reviews. */
export const keepsBank = (context: HostContext): boolean =>
  context.session.role === 'itemEditor' || context.session.role === 'administrator';

function findingsByItem(current: CurrentBank): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of current.checked().findings) {
    if (finding.itemId === null) continue;
    const group = groups.get(finding.itemId);
    if (group === undefined) groups.set(finding.itemId, [finding]);
    else group.push(finding);
  }
  return groups;
}

function headOf(context: HostContext, { bank, keys }: CurrentBank): BankHead {
  const { id, title, version, statusNote, isPublic } = bank.meta;
  const mayEdit = keepsBank(context) && keys === 'present';
  return { id, title, version, statusNote, isPublic, keys, mayEdit };
}

/** Every item of the bank in use as one line each. */
export function itemList(context: HostContext): Output<'item/list'> {
  const current = currentBank(context);
  const { db } = context.vault.storage();
  const findings = findingsByItem(current);
  const exposure = itemExposure(db);
  const withdrawn = new Set(
    listKeyChanges(db).flatMap(({ itemId, change }) => (change.kind === 'withdrawn' ? [itemId] : [])),
  );
  const toRow = ({ item, holdReason }: ItemState): ItemRow => {
    const own = findings.get(item.id) ?? [];
    return {
      itemId: item.id,
      version: item.version,
      stem: item.stem,
      dimension: item.dimension,
      benchmark: item.benchmark.no,
      area: item.area,
      type: item.type,
      status: item.status,
      holdReason,
      topics: item.topics ?? [],
      expectedShare: item.difficulty.p_prior,
      rules: [...new Set(own.map(({ rule }) => rule))],
      isBlocked: own.some(({ level }) => level === 'error'),
      reviewCount: item.reviews?.length ?? 0,
      responseCount: exposure.get(item.id)?.responseCount ?? 0,
      isWithdrawn: withdrawn.has(item.id),
    };
  };
  return {
    bank: headOf(context, current),
    items: [...current.states.values()].map(toRow),
  };
}

/** With closed keys the checklist cannot be read, so nothing moves to a status that asks for it. */
function transitionsOf(
  state: ItemState,
  findings: readonly Finding[],
  current: CurrentBank,
): ItemView['transitions'] {
  const facts = workflowFacts(state, findings);
  const open = withKeys(current);
  return nextStatuses(facts.status).map((to) => ({
    to,
    problems:
      open.ok || !needsChecklist(to)
        ? transitionProblems(facts, to).map(transitionProblemText)
        : [keysNeededText],
  }));
}

/** Versions, statuses and reviews; without keys also without what people wrote, which may quote one. */
function historyOf(state: ItemState, hasKey: boolean): Pick<ItemView, 'versions' | 'statuses' | 'reviews'> {
  const spoken = (words: string): string => (hasKey ? words : '');
  return {
    versions: state.versions.map((version) => ({
      ...omit(version, 'previousVersion'),
      item: shownItem(version.item, hasKey),
      note: spoken(version.note),
    })),
    statuses: state.statuses.map((status) => ({ ...omit(status, 'itemId'), reason: spoken(status.reason) })),
    reviews: state.reviews.map((review) => ({
      ...omit(review, 'itemId', 'version'),
      note: spoken(review.note),
    })),
  };
}

const shownItem = (item: BankItem, hasKey: boolean): BankItem => (hasKey ? item : splitItem(item).question);

function sharedWith({ items }: ItemBank, { id: own, stimulus: material }: BankItem): string[] {
  if (material === undefined) return [];
  return items.flatMap(({ id, stimulus }) => (id !== own && stimulus?.id === material.id ? [id] : []));
}

function keyChangesOf(context: HostContext, itemId: string): ItemView['keyChanges'] {
  const { db } = context.vault.storage();
  return openedKeyChanges(context)
    .filter((change) => change.itemId === itemId)
    .map((change) => ({ change, surveys: [...surveysOfKeyChange(db, change.changeId)] }));
}

/** What only whoever keeps the bank is given, and only with open keys. */
function keptView(context: HostContext, state: ItemState, current: CurrentBank) {
  const findings = ownFindings(state.item, checkSetting(context, current));
  return {
    transitions: transitionsOf(state, findings, current),
    findings: findings.map(toFindingView),
    keyChanges: keyChangesOf(context, state.item.id),
  };
}

/** With closed keys whoever keeps the bank may still move items; everybody else is shown the question only. */
const questionView = (context: HostContext, state: ItemState, current: CurrentBank) => ({
  transitions: keepsBank(context) ? transitionsOf(state, [], current) : [],
  findings: [],
  keyChanges: [],
});

/**
 * One item with its history; keys only to whoever keeps the bank, while they are open, and every such view of a
 * private bank is recorded. Failures: NOT_FOUND.
 */
export function itemView(context: HostContext, itemId: string, viewer = ''): Result<ItemView> {
  const current = findItemBank(context, itemId);
  const state = current?.states.get(itemId);
  if (current === null || state === undefined) return fail('NOT_FOUND', { what: 'item' });
  const { bank } = current;
  const { db } = context.vault.storage();
  const hasKey = keepsBank(context) && current.keys === 'present';
  const views = { bank: bank.meta, items: hasKey ? [state.item] : [], via: 'itemPage', viewer } as const;
  const traced = traceKeyViews(context, views);
  if (!traced.ok) return traced;
  return ok({
    item: shownItem(state.item, hasKey),
    bank: headOf(context, current),
    hasKey,
    setStatus: state.setStatus,
    holdReason: state.holdReason,
    ...historyOf(state, hasKey),
    ...(hasKey ? keptView : questionView)(context, state, current),
    exposure: { ...(itemExposure(db).get(itemId) ?? notAsked), rules: itemExposureToday(context, itemId) },
    sharedWith: sharedWith(bank, state.item),
  });
}

/** The whole automatic checklist over the bank in use. Fails with BANK_KEYS_CLOSED. */
export function itemFindings(context: HostContext): Result<Output<'item/listFindings'>> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const current = opened.value;
  return ok({
    bank: headOf(context, current),
    rules: Object.entries(checkRules)
      .map(([rule, { level }]) => ({ rule, level, title: checkRuleLabels[rule] ?? rule }))
      .sort((first, second) => (first.rule < second.rule ? -1 : 1)),
    findings: current.checked().findings.map((finding) => ({
      ...toFindingView(finding),
      itemId: finding.itemId,
      stem: finding.itemId === null ? '' : (current.states.get(finding.itemId)?.item.stem ?? ''),
      reason: finding.reason,
    })),
    composition: current.checked().summary.map((row) => ({
      section: summarySectionLabels[row.section],
      subject: summarySubject(row, current.bankTargets?.difficultyBands ?? []),
      actual: summaryActualText(row),
      target: summaryTargetText(row),
      isMet: row.met,
    })),
  });
}

/** Topics and references the form of an item offers. Fails with BANK_KEYS_CLOSED. */
export function itemChoices(context: HostContext): Result<Output<'item/getChoices'>> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const { bank } = opened.value;
  const topics = [...new Set(bank.items.flatMap((item) => item.topics ?? []))];
  return ok({
    topics: topics.sort((first, second) => first.localeCompare(second, 'zh-CN')),
    references: Object.entries(bank.references).map(([id, { title, issuer }]) => ({ id, title, issuer })),
    materials: materialsInUse(bank.items),
  });
}
