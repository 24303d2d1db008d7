/** A complete set-up of a survey, for tests whose subject is not the wizard. */
import type { CallInput } from '../../../shared/contract/contract';
import type { SurveyId } from '../../../shared/domain/ids';
import type { Session } from './hosts';
import { value } from './hosts';

export type Settings = CallInput<'survey/create'>['settings'];

export const suzhouUnits = ['320505', '320506', '320507'] as const;

export const suzhouSettings: Settings = {
  name: '苏州2025年测试调查',
  planId: 'suzhou',
  regionCode: '320500',
  unitCodes: [...suzhouUnits],
  year: 2025,
  basis: 'probability',
  samplingDesign: 'stratifiedMultistage',
  instrumentId: 'cast-2024',
  formBlueprintId: 'cast-2024-50',
  formSeed: 1,
  trialBankConfirmed: true,
  groupings: [],
  modules: [],
  header: { formNumber: '', issuingBody: '', approvalNumber: '', validUntil: null },
  showScoreToEnumerator: false,
  showScoreToRespondent: false,
  weighting: { kind: 'given' },
  singlePsuRule: 'fail',
  disclosure: { minimumRespondents: 30, minimumPsus: 3 },
};

export async function createSurvey(session: Session, change: Partial<Settings> = {}): Promise<SurveyId> {
  const settings = { ...suzhouSettings, ...change };
  return (await value(session, 'survey/create', { settings, draftId: null })).surveyId;
}
