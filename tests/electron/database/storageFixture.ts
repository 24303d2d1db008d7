/** A data folder on the real disk with one survey, one form and one open interview. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openStorage } from '@electron/backend/database/storage';
import type { Storage } from '@electron/backend/database/storage';
import { saveForm } from '@electron/backend/database/repositories/forms';
import { saveAnswer, startInterview } from '@electron/backend/database/repositories/interviews';
import { createSurvey } from '@electron/backend/database/repositories/surveys';
import { formId, interviewId, surveyId } from '@shared/domain/ids';
import type { InterviewId } from '@shared/domain/ids';
import type { InterviewScore } from '@shared/assessment/score';
import type { RespondentRecord } from '@shared/domain/respondent';
import type { Failure, Result } from '@shared/domain/result';
import type { SurveySettings } from '@shared/domain/survey';

const folders: string[] = [];
const storages: Storage[] = [];

afterEach(() => {
  for (const storage of storages.splice(0)) storage.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhiheng-storage-'));
  folders.push(folder);
  return folder;
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected failure ${JSON.stringify(result.failure)}`);
  return result.value;
}

export function failureOf<T>(result: Result<T>): Failure {
  if (result.ok) throw new Error('unexpected success');
  return result.failure;
}

/** Opens a data folder; closed after the test. */
export function openAt(dataDir: string, passphrase?: string): Storage {
  const storage = unwrap(openStorage({ dataDir, passphrase, clock: () => new Date(), lockTimeoutMs: 200 }));
  storages.push(storage);
  return storage;
}

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

export function addSurvey({ db }: Storage): void {
  unwrap(saveForm(db, theForm, { items: ['i1', 'i2'] }));
  unwrap(createSurvey(db, { id: theSurvey, status: 'fielding', isDemo: false, settings, formId: theForm }));
}

export function addInterview({ db }: Storage, id: InterviewId = theInterview, caseCode = 'case-1'): void {
  unwrap(
    startInterview(db, {
      interviewId: id,
      surveyId: theSurvey,
      caseCode,
      mode: 'interviewer',
      formId: theForm,
      seed: 11,
      regionCode: '320505',
      design,
      assistance: 'none',
      currentQuestionId: 'i1',
    }),
  );
}

/** Saves answers `q1` … `qN` with the values 1 … N. */
export function addAnswers({ db }: Storage, count: number, id: InterviewId = theInterview): void {
  for (let number = 1; number <= count; number += 1) {
    unwrap(
      saveAnswer(db, {
        interviewId: id,
        questionId: `q${number}`,
        answer: { kind: 'number', value: number },
        elapsedMs: 900,
        mode: 'interviewer',
        currentQuestionId: `q${number + 1}`,
      }),
    );
  }
}
