/** Course of one import of items: file → defaults where the file needs them → check → done. Nothing is stored before `run`. */
import { ref, shallowRef } from 'vue';
import type { FileHandle } from '@shared/contract/areas/app';
import type { ItemDefaultsInput, ItemFileCheck } from '@shared/contract/areas/itemTransfer';
import type { Reply } from '@shared/contract/channel';
import type { Output } from '@shared/contract/contract';
import { jobId } from '@shared/domain/ids';
import type { FileToken, JobId } from '@shared/domain/ids';
import { call, pickFile, saveFile, uploadDropped } from '../../../api/client';
import { useJobProgress } from '../../../api/jobProgress';
import { useBusy } from '../../importing/useBusy';

export const itemImportSteps = ['选择文件', '归到哪里', '检查与导入', '完成'] as const;

const stageTexts = {
  started: '正在读取文件',
  reading: '正在读取文件',
  judging: '正在逐题检查',
  storing: '正在保存',
} as const;

/** One job at a time with its words, its progress and its end on request. */
function useImportJob() {
  const { busy, failure, during } = useBusy();
  const { percent, stage, follow, stop } = useJobProgress(stageTexts);
  const running = ref<JobId | null>(null);

  async function job<T>(words: string, work: (id: JobId) => Promise<Reply<T>>): Promise<T | null> {
    const id = jobId.parse(crypto.randomUUID());
    running.value = id;
    follow(id);
    const value = await during(words, () => work(id));
    stop();
    running.value = null;
    return value;
  }
  const cancel = (): void => {
    if (running.value !== null) void call('job/runCancel', { jobId: running.value });
  };
  async function save(words: string, make: () => Promise<Reply<Output<'itemTransfer/createTemplate'>>>) {
    const made = await during(words, make);
    if (made !== null) await during('正在保存', () => saveFile(made.token, made.fileName));
  }
  return { busy, failure, during, percent, stage, running, job, cancel, save };
}

/** The workbooks the page hands out: what is wrong with a file, and the empty template. */
const itemFilesOf = (save: ReturnType<typeof useImportJob>['save']) => ({
  saveErrorList: (token: FileToken, defaults: ItemDefaultsInput | null): Promise<void> =>
    save('正在生成错误清单', () =>
      call('itemTransfer/createErrorList', { token, defaults, jobId: jobId.parse(crypto.randomUUID()) }),
    ),
  saveTemplate: (): Promise<void> => save('正在生成模板', () => call('itemTransfer/createTemplate', {})),
});

export function useItemImport() {
  const { during, job, save, ...state } = useImportJob();
  const files = itemFilesOf(save);
  const step = ref(0);
  const check = shallowRef<ItemFileCheck | null>(null);
  const imported = shallowRef<Output<'itemTransfer/run'> | null>(null);
  const defaults = ref<ItemDefaultsInput | null>(null);
  let file: FileHandle | null = null;

  async function runCheck(): Promise<void> {
    if (file === null) return;
    const { token, name } = file;
    check.value = await job(`正在检查“${name}”`, (id) =>
      call('itemTransfer/runCheck', { token, defaults: defaults.value, jobId: id }),
    );
    if (check.value !== null) step.value = check.value.needsDefaults ? 1 : 2;
  }

  async function take(words: string, get: () => Promise<Reply<FileHandle | null>>): Promise<void> {
    const handle = await during(words, get);
    if (handle === null) return;
    file = handle;
    await runCheck();
  }

  async function place(given: ItemDefaultsInput): Promise<void> {
    defaults.value = given;
    await runCheck();
  }

  async function run(by: string): Promise<boolean> {
    if (file === null) return false;
    const { token } = file;
    imported.value = await job('正在导入', (id) =>
      call('itemTransfer/run', { token, defaults: defaults.value, by, jobId: id }),
    );
    if (imported.value !== null) step.value = 3;
    return imported.value !== null;
  }

  function restart(): void {
    step.value = 0;
    state.failure.value = null;
    file = null;
    check.value = null;
    imported.value = null;
    defaults.value = null;
  }

  const choose = (): Promise<void> => take('正在等待选择文件', () => pickFile('items'));
  const drop = (dropped: File): Promise<void> =>
    take(`正在读取“${dropped.name}”`, () => uploadDropped(dropped));
  const saveErrorList = async (): Promise<void> => {
    if (file !== null) await files.saveErrorList(file.token, defaults.value);
  };
  const { saveTemplate } = files;
  const course = { step, check, imported, defaults };
  return { ...state, ...course, choose, drop, place, run, saveErrorList, saveTemplate, restart };
}
