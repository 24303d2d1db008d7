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
import type { InterviewId } from '@shared/domain/ids';
import type { Failure, Result } from '@shared/domain/result';
import { design, settings, theForm, theInterview, theSurvey } from '../kill/sample';

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

export * from '../kill/sample';

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
