/** What the 题库 screens are given: rows, one item with its history, findings. Keys only to the bank's own roles. */
import type { BankItem } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import { checkRules } from '@shared/assessment/bankCheck';
import { nextStatuses, transitionProblems } from '@shared/assessment/workflow';
import type { ItemRow, ItemView } from '@shared/contract/areas/items';
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
import { transitionProblemText } from '@shared/texts/itemTexts';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { itemExposure } from '../../database/repositories/itemExposure';
import { listKeyChanges, surveysOfKeyChange } from '../../database/repositories/keyChanges';
import { ownFindings, toFindingView } from './checkItem';
import { checkSetting, currentBank, workflowFacts } from './currentBank';
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

/** Without key, rationale and misconceptions: what may be shown to a role that does not keep the bank. */
function withoutKey(item: BankItem): BankItem {
  const { options } = item;
  return {
    ...omit(item, 'rationale', 'history', 'stats', 'options'),
    key: [],
    ...(options === undefined ? {} : { options: options.map(({ id, text }) => ({ id, text })) }),
  };
}

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

/** Every item of the bank as one line each. */
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
  const { title, version, statusNote, isPublic } = current.bank.meta;
  return {
    bank: { title, version, statusNote, isPublic, mayEdit: keepsBank(context) },
    items: [...current.states.values()].map(toRow),
  };
}

function transitionsOf(state: ItemState, findings: readonly Finding[]): ItemView['transitions'] {
  const facts = workflowFacts(state, findings);
  return nextStatuses(facts.status).map((to) => ({
    to,
    problems: transitionProblems(facts, to).map(transitionProblemText),
  }));
}

/** Whoever reads the key of an item that is not public leaves a trace; a public bank has nothing to trace. */
function traceView(context: HostContext, item: BankItem): Result<null> {
  if (context.registry.bank.meta.isPublic || !keepsBank(context)) return ok(null);
  const { role } = context.session;
  const detail = { version: item.version, role };
  return appendAudit(context.vault.storage().db, { action: 'item.keyViewed', subject: item.id, detail });
}

/** Failures: NOT_FOUND. */
export function itemView(context: HostContext, itemId: string): Result<ItemView> {
  const { bank, states } = currentBank(context);
  const state = states.get(itemId);
  if (state === undefined) return fail('NOT_FOUND', { what: 'item' });
  const { db } = context.vault.storage();
  const hasKey = keepsBank(context);
  const traced = traceView(context, state.item);
  if (!traced.ok) return traced;
  const shown = (item: BankItem): BankItem => (hasKey ? item : withoutKey(item));
  const findings = ownFindings(state.item, checkSetting(context));
  const stimulusId = state.item.stimulus?.id;
  return ok({
    item: shown(state.item),
    hasKey,
    setStatus: state.setStatus,
    holdReason: state.holdReason,
    versions: state.versions.map((version) => ({
      ...omit(version, 'previousVersion'),
      item: shown(version.item),
    })),
    statuses: state.statuses.map((status) => omit(status, 'itemId')),
    reviews: state.reviews.map((review) => omit(review, 'itemId', 'version')),
    transitions: hasKey ? transitionsOf(state, findings) : [],
    findings: hasKey ? findings.map(toFindingView) : [],
    exposure: itemExposure(db).get(itemId) ?? notAsked,
    sharedWith: bank.items
      .filter(({ id, stimulus }) => stimulusId !== undefined && id !== itemId && stimulus?.id === stimulusId)
      .map(({ id }) => id),
    keyChanges: hasKey
      ? listKeyChanges(db)
          .filter((change) => change.itemId === itemId)
          .map((change) => ({ change, surveys: [...surveysOfKeyChange(db, change.changeId)] }))
      : [],
  });
}

/** The whole automatic checklist over the whole bank. */
export function itemFindings(context: HostContext): Output<'item/listFindings'> {
  const current = currentBank(context);
  return {
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
      subject: summarySubject(row, context.registry.bankTargets?.difficultyBands ?? []),
      actual: summaryActualText(row),
      target: summaryTargetText(row),
      isMet: row.met,
    })),
  };
}

/** Topics and references the form offers. */
export function itemChoices(context: HostContext): Output<'item/getChoices'> {
  const { bank } = currentBank(context);
  const topics = [...new Set(bank.items.flatMap((item) => item.topics ?? []))];
  return {
    topics: topics.sort((first, second) => first.localeCompare(second, 'zh-CN')),
    references: Object.entries(bank.references).map(([id, { title, issuer }]) => ({ id, title, issuer })),
  };
}
