/** Who is working, where data is stored, when something was last saved. */
import { ElMessage } from 'element-plus';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Output } from '@shared/contract/contract';
import type { Role } from '@shared/domain/role';
import type { Failure } from '@shared/domain/result';
import { failureText } from '@shared/texts/failureTexts';
import { call } from '../api/client';

export type AppStatus = Output<'app/getStatus'>;

export const useAppStore = defineStore('app', () => {
  const status = ref<AppStatus | null>(null);
  const failure = ref<Failure | null>(null);
  const savedAt = ref<string | null>(null);

  async function load(): Promise<void> {
    const reply = await call('app/getStatus', {});
    if (reply.ok) status.value = reply.value;
    failure.value = reply.ok ? null : reply.failure;
  }

  async function unlock(passphrase: string): Promise<Failure | null> {
    const reply = await call('app/runUnlock', { passphrase });
    if (reply.ok) status.value = reply.value;
    return reply.ok ? null : reply.failure;
  }

  async function lock(): Promise<void> {
    const reply = await call('app/runLock', {});
    if (reply.ok) status.value = reply.value;
    else ElMessage.error(failureText(reply.failure));
  }

  async function changeRole(role: Role): Promise<void> {
    const reply = await call('app/updateRole', { role });
    if (reply.ok) status.value = reply.value;
  }

  return { status, failure, savedAt, load, unlock, lock, changeRole };
});
