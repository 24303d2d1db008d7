/** What the 组卷 page is asked for and runs: the request, the job with progress and 取消, its result or conflict. */
import { computed, reactive, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { Assembly, AssemblyRequest } from '@shared/contract/areas/forms';
import type { Output } from '@shared/contract/contract';
import type { JobId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import { assemblyStageTexts } from '@shared/texts/formTexts';
import { call } from '../../api/client';
import type { JobProgress } from '../../api/jobProgress';
import { useJobProgress } from '../../api/jobProgress';
import { shortestName } from '../items/usePerson';
import { newSeed } from '../wizard/wizardData';

export type Setup = Output<'form/getSetup'>;

/** The request as the fields hold it. */
export interface RequestFields extends Omit<AssemblyRequest, 'waiver'> {
  isWaived: boolean;
  waiver: string;
}

export interface AssemblyState extends Pick<JobProgress, 'percent' | 'stage'> {
  readonly fields: RequestFields;
  readonly setup: ShallowRef<Setup | null>;
  readonly assembly: ShallowRef<Assembly | null>;
  readonly failure: ShallowRef<Failure | null>;
  readonly isRunning: Ref<boolean>;
  readonly isCancelling: Ref<boolean>;
  /** What keeps the assembly from starting, in words; null when nothing does. */
  readonly missing: ComputedRef<string | null>;
  readonly load: () => Promise<void>;
  readonly run: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly drawAgain: () => Promise<void>;
}

const blankFields = (): RequestFields => ({
  blueprintId: '',
  count: 1,
  seed: newSeed(),
  anchors: 'bank',
  excluded: [],
  forced: [],
  isWaived: false,
  waiver: '',
});

function requestOf({ isWaived, waiver, ...fields }: RequestFields): AssemblyRequest {
  return { ...fields, waiver: isWaived ? waiver.trim() : null };
}

const fieldsOf = ({ waiver, ...request }: AssemblyRequest): RequestFields => ({
  ...request,
  isWaived: waiver !== null,
  waiver: waiver ?? '',
});

/** 重新抽取 repeats what is shown, so the fields of a fresh page take over the request behind it. */
function prepareFields(
  fields: RequestFields,
  { blueprints, markedAnchorCount }: Setup,
  kept: Assembly | null,
) {
  if (fields.blueprintId === '' && kept !== null) Object.assign(fields, fieldsOf(kept.set.request));
  if (!blueprints.some(({ id }) => id === fields.blueprintId)) fields.blueprintId = blueprints[0]?.id ?? '';
  if (markedAnchorCount === 0 && fields.anchors === 'bank') fields.anchors = 'none';
}

export function missingOf({ blueprintId, seed, isWaived, waiver }: RequestFields): string | null {
  if (blueprintId === '') return '请先选择蓝图。';
  if (!Number.isInteger(seed)) return '请填写种子，或点“重新抽取”。';
  return isWaived && waiver.trim().length < shortestName ? '放宽曝光规则须写明理由。' : null;
}

export function useAssembly(): AssemblyState {
  const { percent, stage, follow, stop } = useJobProgress(assemblyStageTexts);
  const fields = reactive(blankFields());
  const setup = shallowRef<Setup | null>(null);
  const assembly = shallowRef<Assembly | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const isRunning = ref(false);
  const isCancelling = ref(false);
  const missing = computed(() => missingOf(fields));
  let running: JobId | null = null;

  async function load(): Promise<void> {
    const [offered, kept] = await Promise.all([call('form/getSetup', {}), call('form/getAssembly', {})]);
    failure.value = offered.ok ? null : offered.failure;
    if (!offered.ok) return;
    setup.value = offered.value;
    prepareFields(fields, offered.value, kept.ok ? kept.value : null);
    if (kept.ok) assembly.value = kept.value;
  }

  async function run(): Promise<void> {
    if (running !== null || missing.value !== null) return;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    follow(id);
    const reply = await call('form/runAssembly', { jobId: id, request: requestOf(fields) });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    if (reply.ok) assembly.value = reply.value;
    else if (reply.failure.code !== 'CANCELLED') failure.value = reply.failure;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  async function drawAgain(): Promise<void> {
    fields.seed = newSeed();
    await run();
  }

  const parts = { fields, setup, assembly, failure, isRunning, isCancelling, missing };
  return { ...parts, percent, stage, load, run, cancel, drawAgain };
}
