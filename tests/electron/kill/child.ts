/**
 * Process that is killed by the tests. First argument: what it does. It tells the parent through file descriptor 1,
 * with one synchronous write per fact, so a fact is told only after it was done.
 */
import { writeSync } from 'node:fs';
import { readKeyFile, writeKeyFile } from '@electron/backend/keys/keyFile';
import { changePassphrase } from '@electron/backend/keys/keyring';
import { insertBatch } from '@electron/backend/database/repositories/imports';
import {
  closeInterview,
  saveAnswer,
  startInterview,
} from '@electron/backend/database/repositories/interviews';
import { createSurvey, getSurvey } from '@electron/backend/database/repositories/surveys';
import { openStorage } from '@electron/backend/database/storage';
import type { Storage } from '@electron/backend/database/storage';
import { batchId, interviewId } from '@shared/domain/ids';
import type { InterviewId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { background, design, respondent, score, settings, theSurvey } from './sample';

const [task = '', directory = '', ...rest] = process.argv.slice(2);
const answersPerInterview = 40;

const tell = (line: string): void => void writeSync(1, `${line}\n`);

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

function open(): Storage {
  const storage = must(openStorage({ dataDir: directory, clock: () => new Date() }));
  if (getSurvey(storage.db, theSurvey) === null) {
    must(
      createSurvey(storage.db, { id: theSurvey, status: 'fielding', isDemo: false, settings, formId: null }),
    );
  }
  return storage;
}

function begin({ db }: Storage, id: InterviewId): void {
  must(
    startInterview(db, {
      interviewId: id,
      surveyId: theSurvey,
      caseCode: id,
      mode: 'interviewer',
      formId: null,
      seed: 1,
      regionCode: null,
      design,
      assistance: null,
      currentQuestionId: 'q1',
    }),
  );
}

/** Answers without end. `isHonest` false is the control: it says "saved" one answer before it saves. */
function answerForEver(isHonest: boolean): never {
  const storage = open();
  tell('ready');
  for (let saved = 0; ;) {
    const id = interviewId.parse(crypto.randomUUID());
    begin(storage, id);
    for (let number = 1; number <= answersPerInterview; number += 1) {
      if (!isHonest) tell(factOf(id, number + 1));
      save(storage, id, number);
      if (isHonest) tell(factOf(id, number));
      saved += 1;
      if (saved % 97 === 0) storage.checkpoint();
      if (saved % 151 === 0) must(storage.snapshot());
    }
    must(closeInterview(storage.db, { interviewId: id, disposition: 'complete', background, score }));
  }
}

const textOf = (id: InterviewId, number: number): string => `答${number}-${id.slice(0, 8)}`;

const factOf = (id: InterviewId, number: number): string =>
  `${id} ${number} q${number} ${textOf(id, number)}`;

function save({ db }: Storage, id: InterviewId, number: number): void {
  const answer = { kind: 'text', text: textOf(id, number) } as const;
  must(
    saveAnswer(db, { interviewId: id, questionId: `q${number}`, answer, elapsedMs: 5, mode: 'interviewer' }),
  );
}

/** Keys one paper without end; every line is told once it is durable. */
function keyPaperForEver(): never {
  const { db } = open();
  const entryId = crypto.randomUUID();
  const paperNumber = Date.now();
  must(
    db.transact(() => {
      const entry = { entryId, paperNumber, surveyId: theSurvey, round: 1, typist: '张三' } as const;
      db.record({ kind: 'paperEntryOpened', ...entry, samePersonReason: null, at: db.now() });
      return ok(null);
    }),
  );
  tell('ready');
  for (let line = 1; ; line += 1) {
    const keyed = { entryId, fieldId: `q${line}`, keyed: String(line * 7), strokes: 2 };
    must(
      db.transact(() => {
        db.record({ kind: 'paperKeyed', ...keyed, at: db.now() });
        return ok(null);
      }),
    );
    tell(`${entryId} q${line} ${line * 7}`);
  }
}

function importForEver(): never {
  const storage = open();
  tell('ready');
  for (;;) {
    const id = batchId.parse(crypto.randomUUID());
    const rows = Array.from({ length: 200 }, (_, index) => ({
      rowNumber: index + 1,
      respondent: respondent(`${id}-${index}`),
      score,
    }));
    const batch = { batchId: id, contentHash: id, fileName: 'f', sheet: 's', mapping: {} };
    must(insertBatch(storage.db, { ...batch, surveyId: theSurvey }, rows));
    tell(id);
  }
}

/** Two keyrings that open with different passphrases, put in place of each other without end. */
function swapKeyFilesForEver(): never {
  const first = must(readKeyFile(directory));
  const second = must(readKeyFile(rest[0] ?? ''));
  tell('ready');
  for (let turn = 1; ; turn += 1) {
    writeKeyFile(directory, turn % 2 === 1 ? second : first);
    tell(turn % 2 === 1 ? 'second' : 'first');
  }
}

function changePassphraseForEver(): never {
  tell('ready');
  for (let turn = 0; ; turn += 1) {
    must(changePassphrase(directory, `pass-${turn}`, `pass-${turn + 1}`));
    tell(String(turn + 1));
  }
}

/** Keeps the storage reachable: once it is garbage, its lock goes with it. */
function hold(): void {
  const storage = open();
  tell('ready');
  setInterval(() => storage.folder, 1000);
}

const tasks: Readonly<Record<string, () => void>> = {
  answer: () => answerForEver(true),
  answerDishonestly: () => answerForEver(false),
  import: importForEver,
  keyPaper: keyPaperForEver,
  swapKeyFiles: swapKeyFilesForEver,
  changePassphrase: changePassphraseForEver,
  hold,
};

const run = tasks[task];
if (run === undefined) throw new Error(`unknown task ${task}`);
run();
