/** A demo survey of one plan, from generated people to stored, scored cases and margins. Always marked 演示数据. */
import { createHash, randomUUID } from 'node:crypto';
import type { BankItem } from '@shared/assessment/bank';
import { batchId } from '@shared/domain/ids';
import type { SurveyId } from '@shared/domain/ids';
import type { Plan } from '@shared/domain/plan';
import { childrenOf, withoutOverlaps } from '@shared/domain/region';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { SurveySettings } from '@shared/domain/survey';
import { moduleIds } from '@shared/domain/survey';
import { groupings } from '@shared/domain/groups';
import type { DemoSurvey } from '@shared/demo/generateDemo';
import { generateDemo } from '@shared/demo/generateDemo';
import type { HostContext } from '../context';
import type { JsonValue } from '../database/json';
import { insertBatch } from '../database/repositories/imports';
import type { NewRow } from '../database/repositories/imports';
import { saveMargins } from '../database/repositories/margins';
import type { JobHandle } from '../host/jobs';
import type { Registry } from '../registry/registry';
import { findPlan } from '../registry/registry';
import { createSurvey } from './createSurvey';
import { drawForm } from './previewForm';
import { scoreRecord } from './importAnswers';
import type { ImportPlace } from './importContext';
import { importPlace } from './importContext';

export interface DemoOptions {
  readonly planId: string;
  readonly respondents: number;
  readonly seed: number;
  readonly job: JobHandle | null;
}

const demoYear = 2025;
const demoFormSeed = 2025;
const fileName = '演示数据（程序生成）';
const marginSource = '演示数据：按生成参数计算，非真实人口';

/** Units the plan asks results for: 区县, or 镇街 for 昆山 and 淮阴. */
export function planUnits(registry: Registry, plan: Plan, year: number): readonly string[] {
  return withoutOverlaps(childrenOf(registry.regions, plan.regionCode, year)).map(({ code }) => code);
}

export function demoSettings(registry: Registry, plan: Plan): SurveySettings {
  return {
    name: `${plan.shortName}${demoYear}年公民科学素质调查（演示数据）`,
    planId: plan.id,
    regionCode: plan.regionCode,
    unitCodes: [...planUnits(registry, plan, demoYear)],
    year: demoYear,
    basis: 'probability',
    samplingDesign: 'stratifiedMultistage',
    instrumentId: 'cast-2024',
    formBlueprintId: 'cast-2024-50',
    formSeed: demoFormSeed,
    formId: null,
    trialBankConfirmed: true,
    groupings: [...groupings],
    modules: [...moduleIds],
    header: {
      formNumber: '演示 1 表',
      issuingBody: `${plan.shortName}科学技术协会（演示）`,
      approvalNumber: '演示〔2025〕1 号',
      validUntil: null,
    },
    showScoreToEnumerator: false,
    showScoreToRespondent: false,
    weighting: { kind: 'calibrated', method: 'raking' },
    singlePsuRule: 'fail',
    disclosure: { minimumRespondents: 30, minimumPsus: 3 },
  };
}

function scoredRows(context: HostContext, place: ImportPlace, demo: DemoSurvey): Result<NewRow[]> {
  const rows: NewRow[] = [];
  for (const [index, respondent] of demo.records.entries()) {
    const score = scoreRecord(context, place, respondent);
    if (!score.ok) return score;
    rows.push({ rowNumber: index + 2, respondent, score: score.value });
  }
  return ok(rows);
}

function storeDemo(context: HostContext, id: SurveyId, demo: DemoSurvey, options: DemoOptions): Result<null> {
  const place = importPlace(context, id);
  if (!place.ok) return place;
  const rows = scoredRows(context, place.value, demo);
  if (!rows.ok) return rows;
  const { db } = context.vault.storage();
  const recipe = { generator: 'demo', planId: options.planId, seed: options.seed };
  const contentHash = createHash('sha256')
    .update(JSON.stringify([recipe, demo]))
    .digest('hex');
  const batch = { surveyId: id, contentHash, fileName, sheet: '', mapping: recipe };
  const stored = insertBatch(db, { ...batch, batchId: batchId.parse(randomUUID()) }, rows.value);
  if (!stored.ok) return stored;
  const saved = saveMargins(db, {
    surveyId: id,
    document: demo.margins as unknown as JsonValue,
    source: marginSource,
    contentHash,
  });
  return saved.ok ? ok(null) : saved;
}

/** Demo people of a plan answering a form. Fails with NOT_FOUND when the plan has no demo parameters. */
export function generatePlanDemo(
  registry: Registry,
  settings: SurveySettings,
  items: readonly BankItem[],
  options: Pick<DemoOptions, 'respondents' | 'seed'>,
): Result<DemoSurvey> {
  const parameters = registry.demo.plans[settings.planId];
  if (parameters === undefined) return fail('NOT_FOUND', { what: 'demo' });
  const { planId, unitCodes } = settings;
  return ok(generateDemo({ planId, unitCodes, parameters, items, ...options }));
}

/** Lets a waiting 取消 be heard between two steps that block. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Creates a demo survey; cancelled before storing, it leaves nothing behind.
 * Failures: NOT_FOUND, CANCELLED, and those of creating a survey and storing cases.
 */
export async function createDemoSurvey(
  context: HostContext,
  options: DemoOptions,
): Promise<Result<SurveyId>> {
  const { job } = options;
  const plan = findPlan(context.registry, options.planId);
  if (plan === null) return fail('NOT_FOUND', { what: 'plan' });
  const settings = demoSettings(context.registry, plan);
  const drawn = drawForm(context, settings.formBlueprintId, settings.formSeed);
  if (!drawn.ok) return drawn;
  job?.report('generating', 0.1);
  await breathe();
  const demo = generatePlanDemo(context.registry, settings, drawn.value.items, options);
  if (!demo.ok) return demo;
  job?.report('storing', 0.5);
  await breathe();
  if (job?.signal.aborted === true) return fail('CANCELLED');
  const created = createSurvey(context, settings, { isDemo: true });
  if (!created.ok) return created;
  const stored = storeDemo(context, created.value, demo.value, options);
  return stored.ok ? created : stored;
}
