/** Makes one report as a job: progress by polling, cancellable, then handed to the person. */
import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { Output } from '@shared/contract/contract';
import type { JobId, SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { ReportAudience } from '@shared/reports/reportInput';
import { call, saveFile } from '../../api/client';
import { useJobProgress } from '../../api/jobProgress';

export type MadeReport = Output<'report/create'>;

export interface ReportRun {
  readonly isRunning: Ref<boolean>;
  readonly isCancelling: Ref<boolean>;
  readonly percent: Ref<number>;
  readonly stage: Ref<string>;
  readonly failure: Ref<Failure | null>;
  readonly made: ShallowRef<MadeReport | null>;
  /** Null before the first attempt to save the report made last. */
  readonly isSaved: Ref<boolean | null>;
  readonly create: (surveyId: SurveyId, audience: ReportAudience) => Promise<boolean>;
  readonly save: () => Promise<void>;
  readonly cancel: () => Promise<void>;
}

const stageTexts: Readonly<Record<string, string>> = {
  started: '准备数据',
  loading: '读取答卷',
  read: '读取答卷',
  score: '计分',
  weight: '加权',
  headline: '估计总体比例',
  tables: '估计各地区和人群',
  details: '估计维度、等级和趋势',
  modelBased: '抽取似然值，做模型估计',
  sheets: '排版并写出工作簿',
};

export function useReport(): ReportRun {
  const { percent, stage, follow, stop } = useJobProgress(stageTexts);
  const isRunning = ref(false);
  const isCancelling = ref(false);
  const failure = ref<Failure | null>(null);
  const made = shallowRef<MadeReport | null>(null);
  const isSaved = ref<boolean | null>(null);
  let running: JobId | null = null;

  async function save(): Promise<void> {
    if (made.value === null) return;
    const reply = await saveFile(made.value.token, made.value.fileName);
    isSaved.value = reply.ok && reply.value.saved;
    failure.value = reply.ok ? null : reply.failure;
  }

  async function create(surveyId: SurveyId, audience: ReportAudience): Promise<boolean> {
    if (running !== null) return false;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    made.value = null;
    isSaved.value = null;
    follow(id);
    const reply = await call('report/create', { surveyId, jobId: id, audience });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    if (reply.ok) made.value = reply.value;
    else failure.value = reply.failure;
    if (reply.ok) await save();
    return reply.ok;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  return { isRunning, isCancelling, percent, stage, failure, made, isSaved, create, save, cancel };
}
