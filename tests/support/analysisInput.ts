/** Generated surveys, scored and ready for `analyseSurvey`. */
import type { AnalysisInput, AnalysisRow } from '@shared/analysis/analysisInput';
import { assembleForm } from '@shared/assessment/assembly';
import { scoreInterview } from '@shared/assessment/scoring';
import { generateDemo } from '@shared/demo/generateDemo';
import { surveyId } from '@shared/domain/ids';
import type { SurveySettings } from '@shared/domain/survey';
import {
  findBlueprint,
  findInstrument,
  findPlan,
  loadRegistry,
  sha256,
} from '@electron/backend/registry/registry';
import { demoSettings } from '@electron/backend/usecases/createDemoSurvey';

export const registry = loadRegistry(process.cwd());

export function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('missing fixture');
  return value;
}

export interface GeneratedSurvey {
  readonly planId: string;
  /** Completed interviews aimed at. */
  readonly respondents: number;
  readonly seed: number;
  readonly settings?: Partial<SurveySettings>;
}

export function generatedInput(wanted: GeneratedSurvey): AnalysisInput {
  const plan = need(findPlan(registry, wanted.planId));
  const settings = { ...demoSettings(registry, plan), ...wanted.settings };
  const form = assembleForm(registry.bank, need(findBlueprint(registry, 'cast-2024-50')), 7, sha256);
  if (!form.ok) throw new Error(form.failure.code);
  const items = form.value.entries.map(({ itemId }) =>
    need(registry.bank.items.find(({ id }) => id === itemId)),
  );
  const instrument = need(findInstrument(registry, 'cast-2024'));
  const demo = generateDemo({
    planId: plan.id,
    unitCodes: settings.unitCodes,
    parameters: need(registry.demo.plans[plan.id]),
    items,
    respondents: wanted.respondents,
    seed: wanted.seed,
  });
  const rows = demo.records.map((respondent): AnalysisRow => {
    if (respondent.disposition !== 'complete') return { respondent, score: null };
    const score = scoreInterview(instrument, form.value, items, respondent.answers);
    if (!score.ok) throw new Error(score.failure.code);
    return { respondent, score: score.value };
  });
  return {
    survey: {
      id: surveyId.parse('s-1'),
      status: 'fielding',
      isDemo: true,
      settings,
      formId: null,
      revision: 1,
      createdAt: '2025-10-01T00:00:00.000Z',
      updatedAt: '2025-10-01T00:00:00.000Z',
    },
    plan,
    regions: registry.regions,
    instrument,
    rows,
    margins: {
      source: '测试',
      importedAt: '2025-10-01T00:00:00.000Z',
      margins: demo.margins.map(({ variables, cells }) => ({
        variables: [...variables],
        cells: cells.map(({ categories, total }) => ({ categories: [...categories], total })),
      })),
    },
    figures: registry.figures,
    isTrialBank: true,
    isShortForm: false,
    dataFingerprint: 'test',
    applicationVersion: '0',
    computedAt: '2025-10-01T00:00:00.000Z',
    confidenceLevel: 0.95,
  };
}
