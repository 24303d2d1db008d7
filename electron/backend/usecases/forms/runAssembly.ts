/** 组卷: assembles parallel forms of the bank in use under the exposure rules, has them verified again and reports them. */
import { randomUUID } from 'node:crypto';
import type { Blueprint } from '@shared/assessment/blueprint';
import { formReport, overlapOf, reportForm } from '@shared/assessment/formReport';
import type { Instrument } from '@shared/assessment/instrument';
import { verifyForm } from '@shared/assessment/verifyForm';
import { verifyFormSet } from '@shared/assessment/verifyFormSet';
import type { Assembly, AssemblyRequest } from '@shared/contract/areas/forms';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { formId } from '@shared/domain/ids';
import type { HostContext } from '../../context';
import { getFormRecord } from '../../database/repositories/formRecords';
import type { JobHandle } from '../../host/jobs';
import { findInstrument, sha256 } from '../../registry/registry';
import type { AssembledForms } from '../assembleForms';
import { anchoredBank, assembleForms } from '../assembleForms';
import type { CurrentBank } from '../items/currentBank';
import { currentBank, findBank, withKeys } from '../items/currentBank';
import { keepsBank } from '../items/itemViews';
import { keepAssembly, keptAssembly } from './assemblySession';
import type { AssembledSet } from './assemblySession';
import { exposureToday, restingItems } from './exposure';
import { formItemsView } from './formItems';

interface Setting {
  readonly current: CurrentBank;
  readonly blueprint: Blueprint;
  readonly instrument: Instrument;
  readonly request: AssemblyRequest;
  /** Items at a limit of the exposure rules. */
  readonly resting: readonly string[];
}

const unknownIn = (ids: readonly string[], { states }: CurrentBank): string | undefined =>
  ids.find((id) => !states.has(id));

/** What is wrong with the choice of items, in words; null when nothing is. */
function problemOf({ current, blueprint, request, resting }: Setting): string | null {
  const { excluded, forced, waiver } = request;
  const unknown = unknownIn([...excluded, ...forced], current);
  if (unknown !== undefined) return `题库里没有“${unknown}”这道题`;
  const both = forced.find((id) => excluded.includes(id));
  if (both !== undefined) return `“${both}”既要入卷又要排除`;
  const unfit = forced.find(
    (id) => !blueprint.eligibleStatuses.some((status) => status === current.states.get(id)?.item.status),
  );
  if (unfit !== undefined) return `“${unfit}”的状态不允许入卷`;
  const used = waiver === null ? forced.find((id) => resting.includes(id)) : undefined;
  return used === undefined ? null : `“${used}”的使用已到上限，要用它请先写明放宽曝光规则的理由`;
}

/** Failures: NOT_FOUND {what: 'blueprint'}, BANK_KEYS_CLOSED {bank}, FORM_REQUEST_INVALID {problem}. */
function settingOf(context: HostContext, request: AssemblyRequest): Result<Setting> {
  const current = withKeys(currentBank(context));
  if (!current.ok) return current;
  const blueprint = current.value.blueprints.find(({ id }) => id === request.blueprintId);
  const instrument =
    blueprint === undefined ? null : findInstrument(context.registry, blueprint.instrumentId);
  if (blueprint === undefined || instrument === null) return fail('NOT_FOUND', { what: 'blueprint' });
  const { anchors } = anchoredBank(current.value.bank, blueprint, request.anchors);
  const overview = exposureToday(context, request.count);
  const resting = restingItems(overview, new Set(anchors.itemIds)).filter((id) =>
    current.value.states.has(id),
  );
  const setting: Setting = { current: current.value, blueprint, instrument, request, resting };
  const problem = problemOf(setting);
  return problem === null ? ok(setting) : fail('FORM_REQUEST_INVALID', { problem });
}

type SetSetting = Omit<Setting, 'current'> & { readonly current: Pick<CurrentBank, 'bank'> };

/** The set as it is kept: every form and the set verified by code the assembly does not share. */
export function toSet(
  { current, blueprint, instrument, request, resting }: SetSetting,
  found: AssembledForms,
): AssembledSet {
  const { bank } = anchoredBank(current.bank, blueprint, request.anchors);
  const { meta } = current.bank;
  const context = { bank, blueprint, hash: sha256 };
  const ownRules = new Set(['sharedItem', 'benchmarkRotation']);
  const betweenForms = verifyFormSet(
    found.forms.map(({ form }) => form),
    context,
  ).filter(({ rule }) => ownRules.has(rule));
  const set: AssembledSet['set'] = {
    setId: randomUUID(),
    bankId: meta.id,
    bankTitle: meta.title,
    bankVersion: meta.version,
    isPublicBank: meta.isPublic,
    blueprintId: blueprint.id,
    blueprintTitle: blueprint.title,
    instrumentId: instrument.id,
    instrumentTitle: instrument.shortTitle,
    request,
    anchorIds: [...found.anchors.itemIds],
    anchorSource: found.anchors.source,
    restingItems: [...resting],
    timedOut: found.timedOut,
    violations: betweenForms.map(({ rule, params }) => ({ rule, params: { ...params } })),
  };
  const forms = found.forms.map(({ form, method, judgement }) => {
    const violations = verifyForm(form, bank, blueprint, sha256);
    return { form, report: reportForm(form, { bank, blueprint, instrument, method, judgement, violations }) };
  });
  return { set, forms };
}

/** An assembly as the page shows it. */
export function assemblyView(context: HostContext, { set, forms }: AssembledSet): Assembly {
  const items = findBank(context, set.bankId)?.bank.items ?? [];
  const { db } = context.vault.storage();
  const mayShowKeyCounts = set.isPublicBank || keepsBank(context);
  const ids = forms.map(({ form }) => formId.parse(form.id));
  return {
    set,
    forms: forms.map(({ form, report }) => ({
      formId: formId.parse(form.id),
      report: formReport.parse(mayShowKeyCounts ? report : { ...report, keyBalance: [] }),
      items: formItemsView(context, form, { items, anchorIds: set.anchorIds }),
    })),
    overlap: overlapOf(
      forms.map(({ form }) => form.entries.map(({ itemId }) => itemId)),
      new Set(set.anchorIds),
    ).map((row) => [...row]),
    filed: ids.filter((id) => getFormRecord(db, id) !== null),
  };
}

/** The newest result of this session as the page shows it; null when there is none. */
export function sessionAssembly(context: HostContext): Assembly | null {
  const kept = keptAssembly(context);
  return kept === null ? null : assemblyView(context, kept);
}

/**
 * Assembles, verifies, reports and keeps the result for filing; nothing is stored. Failures: those of `settingOf`,
 * FORM_INFEASIBLE {constraints: the conflict and what would help, in Chinese}, CANCELLED, INTERNAL_ERROR.
 */
export async function runAssembly(
  context: HostContext,
  request: AssemblyRequest,
  job: JobHandle,
): Promise<Result<Assembly>> {
  const setting = settingOf(context, request);
  if (!setting.ok) return setting;
  const { current, blueprint, instrument, resting } = setting.value;
  const { count, seed, anchors, forced } = request;
  const excluded = [...request.excluded, ...(request.waiver === null ? resting : [])];
  const found = await assembleForms(
    { bank: current.bank, blueprint, instrument, count, seed, anchors, forced, excluded },
    { signal: job.signal, onProgress: (stage, fraction) => job.report(stage, fraction) },
  );
  if (!found.ok) return found;
  const assembled = toSet(setting.value, found.value);
  keepAssembly(context, assembled);
  return ok(assemblyView(context, assembled));
}
