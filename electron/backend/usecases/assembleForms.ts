/** Assembles parallel forms in the worker thread and judges each one before it may be used. */
import { proposeAnchors, withAnchors } from '@shared/assessment/anchors';
import type { ItemBank } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { Form } from '@shared/assessment/form';
import type { FormJudgement } from '@shared/assessment/formJudgement';
import { judgeFormBeforeUse } from '@shared/assessment/formJudgement';
import { anchorsOf } from '@shared/assessment/formSearch/constraintModel';
import type { Instrument } from '@shared/assessment/instrument';
import type { AssemblyMethod, InfeasibleForms, ParallelResult } from '@shared/assessment/parallelForms';
import type { Failure, Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { conflictSentences } from '@shared/texts/assemblyTexts';
import { runWorkerTask } from '../workers/runWorkerTask';

export interface AssembleRequest {
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  readonly instrument: Instrument;
  /** Number of parallel forms. */
  readonly count: number;
  readonly seed: number;
  /** Items no form may carry, and items the first form must. */
  readonly excluded?: readonly string[];
  readonly forced?: readonly string[];
  /** The bank's own anchors, else those proposed, when left out. */
  readonly anchors?: AnchorChoice;
}

/** Whose anchors the forms share; a blueprint without an anchor rule has none whatever is chosen. */
export const anchorChoices = ['bank', 'proposed', 'none'] as const;
export type AnchorChoice = (typeof anchorChoices)[number];

export interface JudgedForm {
  readonly form: Form;
  readonly method: AssemblyMethod;
  readonly judgement: FormJudgement;
}

export interface AssembledForms {
  readonly forms: readonly JudgedForm[];
  /** Items every form carries, and whether the bank marks them or they are our proposal for it. */
  readonly anchors: { readonly itemIds: readonly string[]; readonly source: AnchorChoice };
  readonly timedOut: boolean;
}

export interface AssembleOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, fraction: number) => void) | undefined;
}

/** Far above the 60 s a form may take. */
const timeoutMsPerForm = 120_000;
const memoryMb = 1024;

/** The bank with the anchors of a choice: unless told, its own, or those proposed where it marks none. */
export function anchoredBank(
  bank: ItemBank,
  blueprint: Blueprint,
  choice?: AnchorChoice,
): { readonly bank: ItemBank; readonly anchors: AssembledForms['anchors'] } {
  const own = anchorsOf(bank, blueprint).map(({ id }) => id);
  const source = choice ?? (own.length > 0 ? 'bank' : 'proposed');
  if (source === 'bank' || blueprint.anchors === undefined)
    return { bank, anchors: { itemIds: own, source: 'bank' } };
  const itemIds = source === 'none' ? [] : proposeAnchors(bank, blueprint).map(({ id }) => id);
  const isUnchanged = own.length === 0 && itemIds.length === 0;
  return { bank: isUnchanged ? bank : withAnchors(bank, new Set(itemIds)), anchors: { itemIds, source } };
}

/** The refusal with its constraints in words. */
function explained({ failure, conflict }: InfeasibleForms, blueprint: Blueprint): Failure {
  if (conflict === null) return failure;
  const sentences = conflictSentences(conflict, blueprint);
  return { ...failure, params: { ...failure.params, constraints: sentences.join('').replace(/。$/u, '') } };
}

function judged(
  value: ParallelResult & { ok: true },
  request: AssembleRequest,
): Result<readonly JudgedForm[]> {
  const forms: JudgedForm[] = [];
  for (const [index, form] of value.value.forms.entries()) {
    const judgement = judgeFormBeforeUse(form, request);
    if (!judgement.ok) return judgement;
    const method = value.value.methods[index] ?? 'swapSearch';
    forms.push({ form, method, judgement: judgement.value });
  }
  return ok(forms);
}

/**
 * Parallel forms of one blueprint with the judgement of each. Fails with FORM_INFEASIBLE (`constraints` says in
 * Chinese what stands against what and what would help), CANCELLED or INTERNAL_ERROR.
 */
export async function assembleForms(
  request: AssembleRequest,
  { signal, onProgress }: AssembleOptions = {},
): Promise<Result<AssembledForms>> {
  const { blueprint, count, seed, excluded = [], forced = [] } = request;
  const { bank, anchors } = anchoredBank(request.bank, blueprint, request.anchors);
  if (bank.meta.id !== blueprint.bankId)
    return fail('FORM_INFEASIBLE', {
      blueprintId: blueprint.id,
      constraints: `蓝图用于题库 ${blueprint.bankId}`,
    });
  const reply = await runWorkerTask(
    'assembleForms',
    { bank, blueprint, count, seed, excluded, forced },
    { timeoutMs: timeoutMsPerForm * count, memoryMb, onLimit: 'INTERNAL_ERROR', signal, onProgress },
  );
  if (!reply.ok) return reply;
  const assembled = reply.value as ParallelResult;
  if (!assembled.ok) return { ok: false, failure: explained(assembled.infeasible, blueprint) };
  const forms = judged(assembled, { ...request, bank });
  return forms.ok ? ok({ forms: forms.value, anchors, timedOut: assembled.value.timedOut }) : forms;
}
