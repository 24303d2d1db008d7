/** Course of one import: chosen file → mapping → check → done. Nothing is stored before `run`. */
import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { FileHandle } from '@shared/contract/areas/app';
import type { ImportCheck } from '@shared/contract/areas/imports';
import type { Reply } from '@shared/contract/channel';
import type { CallInput, Output } from '@shared/contract/contract';
import type { FileToken, SurveyId } from '@shared/domain/ids';
import { call, pickFile, saveFile, uploadDropped } from '../../api/client';
import { toMapping } from './columnMapping';
import { useBusy } from './useBusy';
import type { Busy } from './useBusy';
import { useMapping } from './useMapping';
import type { MappingState } from './useMapping';

export const importSteps = ['选择文件', '列的对应', '检查与导入', '完成'] as const;

type Imported = Output<'import/run'>;

export interface ImportRun extends Pick<Busy, 'busy' | 'failure'> {
  readonly step: Ref<number>;
  readonly map: MappingState;
  readonly check: ShallowRef<ImportCheck | null>;
  readonly imported: ShallowRef<Imported | null>;
  /** The corrected file got the mapping of the one before it. */
  readonly isMappingKept: Ref<boolean>;
  choose(): Promise<void>;
  drop(file: File): Promise<void>;
  inspect(): Promise<void>;
  runCheck(): Promise<void>;
  run(): Promise<boolean>;
  saveErrorList(): Promise<void>;
  saveTemplate(): Promise<void>;
  restart(): void;
}

type NewFile = () => Promise<Reply<{ token: FileToken; fileName: string }>>;

async function save(during: Busy['during'], words: string, make: NewFile): Promise<void> {
  const made = await during(words, make);
  if (made !== null) await during('正在保存', () => saveFile(made.token, made.fileName));
}

export function useImport(surveyId: () => SurveyId): ImportRun {
  const { busy, failure, during } = useBusy();
  const map = useMapping();
  const step = ref(0);
  const check = shallowRef<ImportCheck | null>(null);
  const imported = shallowRef<Imported | null>(null);
  const isMappingKept = ref(false);
  let file: FileHandle | null = null;

  async function inspect(): Promise<void> {
    if (file === null) return;
    const { token, name } = file;
    const found = await during(`正在读取“${name}”`, () =>
      call('import/getInspection', { surveyId: surveyId(), token }),
    );
    if (found === null) return;
    isMappingKept.value = map.accept(found);
    check.value = null;
    step.value = 1;
    if (isMappingKept.value && map.sheet.value?.alreadyImportedAt === null) await runCheck();
  }

  async function take(words: string, get: () => Promise<Reply<FileHandle | null>>): Promise<void> {
    const handle = await during(words, get);
    if (handle === null) return;
    file = handle;
    await inspect();
  }

  function request(): CallInput<'import/run'> {
    if (file === null || map.mapping.value === null) throw new Error('no file to import');
    return { surveyId: surveyId(), token: file.token, mapping: toMapping(map.mapping.value) };
  }

  async function runCheck(): Promise<void> {
    check.value = await during('正在逐行检查', () => call('import/getCheck', request()));
    if (check.value !== null) step.value = 2;
  }

  async function run(): Promise<boolean> {
    const done = await during('正在导入并计分', () => call('import/run', request()));
    if (done === null) return false;
    imported.value = done;
    step.value = 3;
    return true;
  }

  function restart(): void {
    step.value = 0;
    failure.value = null;
    file = null;
    check.value = null;
    isMappingKept.value = false;
    map.clear();
  }

  const choose = (): Promise<void> => take('正在等待选择文件', () => pickFile('answers'));
  const drop = (dropped: File): Promise<void> =>
    take(`正在读取“${dropped.name}”`, () => uploadDropped(dropped));
  const saveErrorList = (): Promise<void> =>
    save(during, '正在生成错误清单', () => call('import/createErrorList', request()));
  const saveTemplate = (): Promise<void> =>
    save(during, '正在生成模板', () => call('import/createTemplate', { surveyId: surveyId() }));
  const state = { busy, failure, map, step, check, imported, isMappingKept };
  return { ...state, choose, drop, inspect, runCheck, run, saveErrorList, saveTemplate, restart };
}
