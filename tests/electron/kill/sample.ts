/** One survey, one respondent, one score: plain values, used by tests and by the process that tests kill. */
import type { InterviewScore } from '@shared/assessment/score';
import { formId, interviewId, surveyId } from '@shared/domain/ids';
import type { RespondentRecord } from '@shared/domain/respondent';
import type { SurveySettings } from '@shared/domain/survey';

export const settings: SurveySettings = {
  name: '二〇二六年测评',
  planId: 'suzhou',
  regionCode: '320500',
  unitCodes: ['320505', '320506'],
  year: 2026,
  basis: 'probability',
  samplingDesign: 'stratifiedMultistage',
  instrumentId: 'cast-2024',
  formBlueprintId: 'cast-2024-50',
  formSeed: 7,
  formId: null,
  trialBankConfirmed: true,
  groupings: ['sex'],
  modules: [],
  header: { formNumber: 'KX1', issuingBody: '科协', approvalNumber: '1号', validUntil: '2027-12-31' },
  showScoreToEnumerator: false,
  showScoreToRespondent: false,
  weighting: { kind: 'given' },
  singlePsuRule: 'fail',
  disclosure: { minimumRespondents: 30, minimumPsus: 3 },
};

export const theSurvey = surveyId.parse('survey-1');
export const theForm = formId.parse('form-1');
export const theInterview = interviewId.parse('interview-1');

export const design = {
  stratum: 'a',
  psu: 'p1',
  ssu: null,
  baseWeight: 12.5,
  populationPsuCount: null,
  populationSsuCount: null,
};

export const background = {
  sex: 'female',
  ageYears: 34,
  ageBand: '30-39',
  education: 'college',
  residence: 'urban',
  keyGroups: { youth: null, farmer: false, worker: true, elder: false, cadre: false },
} as const;

export const score: InterviewScore = {
  instrumentId: 'cast-2024',
  instrumentVersion: '1',
  total: 72,
  dimensions: { knowledge: 30, method: 14, spirit: 15, application: 13 },
  tier: 'literate',
  passed: true,
  answeredItems: 49,
  dontKnowItems: 1,
  refusedItems: 0,
  blankItems: 0,
};

export function respondent(caseCode: string): RespondentRecord {
  return {
    caseCode,
    regionCode: '320505',
    disposition: 'complete',
    mode: 'interviewer',
    design,
    background,
    answers: { i1: { kind: 'single', code: 'B' }, i2: { kind: 'missing', reason: 'dontKnow' } },
  };
}
