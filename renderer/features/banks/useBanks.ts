/** The list of banks and what is done to it; every answer of the host brings the list with it. */
import { computed, ref } from 'vue';
import type { BankRow } from '@shared/contract/areas/banks';
import type { Output } from '@shared/contract/contract';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { Reply } from '@shared/contract/channel';
import { call } from '../../api/client';

type BankList = Output<'bank/list'>;

export function useBanks() {
  const list = ref<BankList | null>(null);
  const failure = ref<Failure | null>(null);
  /** Id of the bank something is being done to. */
  const busyId = ref('');

  function take(reply: Reply<BankList>): boolean {
    failure.value = reply.ok ? null : reply.failure;
    if (reply.ok) list.value = reply.value;
    return reply.ok;
  }
  async function during<T>(bankId: string, work: () => Promise<T>): Promise<T> {
    busyId.value = bankId;
    const done = await work();
    busyId.value = '';
    return done;
  }
  const load = async (): Promise<boolean> => take(await call('bank/list', {}));
  const choose = async ({ id: bankId }: BankRow): Promise<boolean> =>
    take(await during(bankId, () => call('bank/updateInUse', { bankId })));
  const close = async ({ id: bankId }: BankRow): Promise<boolean> =>
    take(await during(bankId, () => call('bank/runClosing', { bankId })));
  /** @returns how many cases were scored; null when it failed */
  async function score({ id: bankId }: BankRow): Promise<number | null> {
    const request = { bankId, jobId: jobId.parse(crypto.randomUUID()) };
    const reply = await during(bankId, () => call('bank/runScoring', request));
    take(reply.ok ? { ok: true, value: reply.value.list } : reply);
    return reply.ok ? reply.value.scoredCount : null;
  }
  return {
    list,
    failure,
    busyId,
    hasPrivate: computed(() => list.value?.banks.some(({ keys }) => keys !== 'public') === true),
    load,
    choose,
    close,
    score,
    show: (next: BankList): void => {
      failure.value = null;
      list.value = next;
    },
  };
}
