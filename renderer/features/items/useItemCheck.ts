/** Judges the form a moment after the last key: format problems by field, findings of the checklist. */
import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { BankItem } from '@shared/assessment/bank';
import type { Output } from '@shared/contract/contract';
import { call } from '../../api/client';
import { toDraft } from './itemDraft';

const delayMs = 350;

export function useItemCheck(draft: Ref<BankItem | null>, mayCheck: () => boolean) {
  const check = ref<Output<'item/getCheck'>>({ problems: [], findings: [] });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  async function run(): Promise<void> {
    if (draft.value === null || !mayCheck()) return;
    asked += 1;
    const own = asked;
    const reply = await call('item/getCheck', { item: toDraft(draft.value) });
    if (reply.ok && own === asked) check.value = reply.value;
  }
  watch(
    draft,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), delayMs);
    },
    { deep: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return { check, run };
}
