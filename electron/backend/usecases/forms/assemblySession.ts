/**
 * The newest assembly of a session, kept in memory until it is filed or another takes its place. It goes with the
 * opened storage, so locking forgets it. Forms name their items; no key is kept here.
 */
import type { Form } from '@shared/assessment/form';
import type { FormReport } from '@shared/assessment/formReport';
import type { FormSet } from '@shared/contract/areas/forms';
import type { HostContext } from '../../context';

export interface AssembledSet {
  readonly set: FormSet;
  readonly forms: readonly { readonly form: Form; readonly report: FormReport }[];
}

const kept = new WeakMap<object, AssembledSet>();

export const keepAssembly = (context: HostContext, assembled: AssembledSet): void => {
  kept.set(context.vault.storage(), assembled);
};

/** Null when nothing was assembled since the folder was opened. */
export const keptAssembly = (context: HostContext): AssembledSet | null =>
  kept.get(context.vault.storage()) ?? null;
