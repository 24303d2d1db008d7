/** The list of sources, the open one, and what is written into it. */
import { computed, ref, shallowRef } from 'vue';
import type { ReferenceFields, ReferenceRow, ReferenceView } from '@shared/contract/areas/itemReferences';
import type { Failure } from '@shared/domain/result';
import { call } from '../../../api/client';

export const noFields = (): ReferenceFields => ({ title: '', issuer: '', type: '', date: '', clause: '' });

export const fieldsOf = ({ title, issuer, type, date, clause }: ReferenceFields): ReferenceFields => ({
  title,
  issuer,
  type,
  date,
  clause,
});

export const referenceStatusLabels = {
  current: '现行',
  superseded: '已被替代',
  withdrawn: '已废止',
} as const;

export function useReferences() {
  const rows = shallowRef<readonly ReferenceRow[]>([]);
  const view = shallowRef<ReferenceView | null>(null);
  const failure = ref<Failure | null>(null);
  const search = ref('');
  const onlyOut = ref(false);

  const shown = computed(() => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.value.filter((row) => {
      const text = `${row.referenceId} ${row.title} ${row.issuer} ${row.type} ${row.date}`.toLowerCase();
      return (!onlyOut.value || row.status !== 'current') && words.every((word) => text.includes(word));
    });
  });

  async function load(): Promise<void> {
    const reply = await call('reference/list', {});
    failure.value = reply.ok ? null : reply.failure;
    if (reply.ok) rows.value = reply.value;
  }
  async function open(referenceId: string): Promise<void> {
    const reply = await call('reference/get', { referenceId });
    failure.value = reply.ok ? null : reply.failure;
    view.value = reply.ok ? reply.value : null;
  }
  /** After a change: the open source is the changed one. */
  async function show(next: ReferenceView): Promise<void> {
    view.value = next;
    await load();
  }
  const close = (): void => void (view.value = null);
  return { rows, shown, view, failure, search, onlyOut, load, open, show, close };
}
