/** What the repositories promise, on a real encrypted file. */
import { describe, expect, it } from 'vitest';
import { listAnswerEvents, verifyAnswerChain } from '@electron/backend/database/repositories/answerChain';
import { appendAudit, listAudit, verifyAuditChain } from '@electron/backend/database/repositories/audit';
import { getForm, saveForm } from '@electron/backend/database/repositories/forms';
import {
  findBatchByHash,
  insertBatch,
  listBatches,
  voidBatch,
} from '@electron/backend/database/repositories/imports';
import {
  closeInterview,
  getAnswers,
  saveAnswer,
  setCurrentQuestion,
  startInterview,
  voidInterview,
} from '@electron/backend/database/repositories/interviews';
import {
  countByDisposition,
  getInterview,
  pageInterviews,
} from '@electron/backend/database/repositories/interviewQueries';
import { getMargins, saveMargins } from '@electron/backend/database/repositories/margins';
import { listReports, recordReport } from '@electron/backend/database/repositories/reports';
import { dataFingerprint, loadRespondents } from '@electron/backend/database/repositories/respondents';
import { findResult, saveResult } from '@electron/backend/database/repositories/results';
import { getScore, listScores, saveScore } from '@electron/backend/database/repositories/scores';
import { getSetting, saveSetting } from '@electron/backend/database/repositories/settings';
import {
  createSurvey,
  getSurvey,
  listSurveyRevisions,
  listSurveys,
  saveSurveyRevision,
} from '@electron/backend/database/repositories/surveys';
import type { Storage } from '@electron/backend/database/storage';
import { batchId, interviewId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import {
  addAnswers,
  addInterview,
  addSurvey,
  background,
  design,
  failureOf,
  openAt,
  respondent,
  score,
  settings,
  temporaryFolder,
  theForm,
  theInterview,
  theSurvey,
  unwrap,
} from './storageFixture';

function storageWithInterview(): Storage {
  const storage = openAt(temporaryFolder());
  addSurvey(storage);
  addInterview(storage);
  return storage;
}

const batch = {
  batchId: batchId.parse('batch-1'),
  surveyId: theSurvey,
  contentHash: 'abc',
  fileName: '答卷.xlsx',
  sheet: '数据',
  mapping: { 性别: 'sex' },
};

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    rowNumber: index + 2,
    respondent: respondent(`row-${index}`),
    given: { 性别: '女' },
    score,
  }));

describe('surveys', () => {
  it('keep every revision when they change', () => {
    const { db } = storageWithInterview();
    const changed = { ...settings, name: '改名之后' };
    expect(unwrap(saveSurveyRevision(db, theSurvey, { settings: changed })).revision).toBe(2);
    expect(getSurvey(db, theSurvey)?.settings.name).toBe('改名之后');
    expect(listSurveyRevisions(db, theSurvey).map(({ settings: old }) => old.name)).toEqual([
      settings.name,
      '改名之后',
    ]);
    const again = createSurvey(db, { id: theSurvey, status: 'draft', isDemo: false, settings, formId: null });
    expect(failureOf(again).code).toBe('INVALID_INPUT');
  });

  it('are listed with the number of interviews by state', () => {
    const { db } = storageWithInterview();
    unwrap(insertBatch(db, batch, rows(3)));
    expect(listSurveys(db).map(({ counts }) => counts)).toEqual([
      { open: 1, closed: 3, voided: 0, live: 0, imported: 3 },
    ]);
  });

  it('keep a form as it was', () => {
    const { db } = storageWithInterview();
    expect(getForm(db, theForm)).toEqual({ items: ['i1', 'i2'] });
    unwrap(saveForm(db, theForm, { items: ['i1', 'i2'] }));
    expect(failureOf(saveForm(db, theForm, { items: [] })).code).toBe('INVALID_INPUT');
  });
});

describe('an interview', () => {
  it('remembers answers, their order and where to resume', () => {
    const { db } = storageWithInterview();
    const answer = { kind: 'single', code: 'B', note: '其他' } as const;
    const given = { interviewId: theInterview, elapsedMs: 4200, mode: 'interviewer' } as const;
    expect(unwrap(saveAnswer(db, { ...given, questionId: 'i1', answer })).sequence).toBe(1);
    const refused = { kind: 'missing', reason: 'refused' } as const;
    const second = saveAnswer(db, { ...given, questionId: 'i1', answer: refused, currentQuestionId: 'i2' });
    expect(unwrap(second).sequence).toBe(2);
    expect(getAnswers(db, theInterview)).toEqual({ i1: refused });
    expect(getInterview(db, theInterview)?.currentQuestionId).toBe('i2');
    unwrap(setCurrentQuestion(db, theInterview, 'i1'));
    expect(getInterview(db, theInterview)?.currentQuestionId).toBe('i1');
    expect(
      listAnswerEvents(db, theInterview).map(({ answerJson }) => JSON.parse(answerJson) as unknown),
    ).toEqual([answer, refused]);
  });

  it('takes no answer after it was closed, and none when it does not exist', () => {
    const { db } = storageWithInterview();
    unwrap(closeInterview(db, { interviewId: theInterview, disposition: 'complete', background, score }));
    const given = { questionId: 'i1', answer: { kind: 'trueFalse', value: true }, elapsedMs: 1 } as const;
    const late = saveAnswer(db, { ...given, interviewId: theInterview, mode: 'interviewer' });
    expect(failureOf(late).code).toBe('INTERVIEW_CLOSED');
    const nobody = interviewId.parse('nobody');
    expect(failureOf(saveAnswer(db, { ...given, interviewId: nobody, mode: 'interviewer' })).code).toBe(
      'NOT_FOUND',
    );
  });

  it('is not started twice, nor for a survey that does not exist', () => {
    const { db } = storageWithInterview();
    const started = {
      interviewId: theInterview,
      surveyId: theSurvey,
      caseCode: 'x',
      mode: 'selfAdministered',
      formId: null,
      seed: 1,
      regionCode: null,
      design,
      assistance: null,
      currentQuestionId: null,
    } as const;
    expect(failureOf(startInterview(db, started)).code).toBe('INVALID_INPUT');
    const other = interviewId.parse('interview-2');
    const lost = startInterview(db, {
      ...started,
      interviewId: other,
      formId: null,
      surveyId: 'no' as never,
    });
    expect(failureOf(lost).code).toBe('NOT_FOUND');
  });

  it('is closed with disposition and score together and found by filters', () => {
    const { db } = storageWithInterview();
    addInterview({ db } as Storage, interviewId.parse('interview-2'), 'case-2');
    unwrap(closeInterview(db, { interviewId: theInterview, disposition: 'partial', background, score }));
    expect(getInterview(db, theInterview)).toMatchObject({
      state: 'closed',
      disposition: 'partial',
      background,
    });
    expect(getScore(db, theInterview)).toEqual(score);
    const page = pageInterviews(
      db,
      { surveyId: theSurvey, disposition: 'partial' },
      { offset: 0, limit: 10 },
    );
    expect(page).toMatchObject({ total: 1, interviews: [{ caseCode: 'case-1' }] });
    expect(pageInterviews(db, { surveyId: theSurvey, search: 'ase-2' }, { offset: 0, limit: 10 }).total).toBe(
      1,
    );
    expect(countByDisposition(db, theSurvey)).toMatchObject({ partial: 1, complete: 0, voided: 0, open: 1 });
  });

  it('leaves every figure when it is voided, and stays stored', () => {
    const { db } = storageWithInterview();
    unwrap(closeInterview(db, { interviewId: theInterview, disposition: 'complete', background, score }));
    expect(loadRespondents(db, theSurvey)).toHaveLength(1);
    unwrap(voidInterview(db, theInterview, '重复访问'));
    expect(loadRespondents(db, theSurvey)).toHaveLength(0);
    expect(getInterview(db, theInterview)).toMatchObject({ state: 'voided', voidReason: '重复访问' });
    expect(() => db.connection.prepare('DELETE FROM interview').run()).toThrow(/never deleted/);
  });

  it('keeps an older score when it is scored again', () => {
    const { db } = storageWithInterview();
    unwrap(saveScore(db, theInterview, score));
    unwrap(saveScore(db, theInterview, { ...score, instrumentVersion: '2', total: 74 }));
    expect(getScore(db, theInterview)?.total).toBe(74);
    expect(
      listScores(db, theInterview).map((stored) => [stored.score.total, stored.supersededAt === null]),
    ).toEqual([
      [72, false],
      [74, true],
    ]);
    expect(() => db.connection.prepare("UPDATE score SET document_json = '{}'").run()).toThrow(/append-only/);
  });
});

describe('append-only tables', () => {
  it.each([
    'UPDATE answer_event SET elapsed_ms = 0',
    'DELETE FROM answer_event',
    'INSERT OR REPLACE INTO answer_event SELECT * FROM answer_event',
    'UPDATE survey_revision SET recorded_at = recorded_at',
    'DELETE FROM audit_event',
    'UPDATE audit_event SET action = action',
  ])('refuse: %s', (sql) => {
    const storage = storageWithInterview();
    addAnswers(storage, 2);
    unwrap(appendAudit(storage.db, { action: 'a', subject: 's', detail: null }));
    expect(() => storage.db.connection.prepare(sql).run()).toThrow(/append-only/);
  });

  it.each([
    [
      'an edited answer',
      'UPDATE answer_event SET answer_json = \'{"kind":"number","value":9}\' WHERE sequence = 2',
    ],
    ['a removed answer', 'DELETE FROM answer_event WHERE sequence = 2'],
    ['a moved answer', "UPDATE answer_event SET question_id = 'q9' WHERE sequence = 3"],
  ])('show %s in the hash chain even when the triggers are gone', (_what, sql) => {
    const storage = storageWithInterview();
    addAnswers(storage, 4);
    expect(verifyAnswerChain(storage.db)).toEqual({ eventCount: 4, brokenAt: null });
    storage.db.connection.exec('DROP TRIGGER answer_event_no_update; DROP TRIGGER answer_event_no_delete');
    storage.db.connection.exec(sql);
    expect(verifyAnswerChain(storage.db).brokenAt).toMatchObject({ interviewId: theInterview });
  });

  it('show an edited audit event in its chain', () => {
    const { db } = storageWithInterview();
    for (const subject of ['a', 'b', 'c'])
      unwrap(appendAudit(db, { action: 'x', subject, detail: { n: 1 } }));
    expect(verifyAuditChain(db)).toMatchObject({ eventCount: 3, brokenAt: null });
    expect(listAudit(db, 1).map(({ subject }) => subject)).toEqual(['c']);
    db.connection.exec(
      "DROP TRIGGER audit_event_no_update; UPDATE audit_event SET subject = 'z' WHERE subject = 'b'",
    );
    expect(verifyAuditChain(db).brokenAt).toBe(2);
  });
});

describe('an imported table', () => {
  it('is stored whole and comes back as it was given', () => {
    const { db } = storageWithInterview();
    expect(unwrap(insertBatch(db, batch, rows(3))).rowCount).toBe(3);
    expect(loadRespondents(db, theSurvey).map((row) => [row.respondent, row.score])).toEqual(
      [0, 1, 2].map((index) => [respondent(`row-${index}`), score]),
    );
    expect(findBatchByHash(db, theSurvey, 'abc')?.fileName).toBe('答卷.xlsx');
  });

  it('is refused when the same content is in force and accepted again after it was voided', () => {
    const { db } = storageWithInterview();
    unwrap(insertBatch(db, batch, rows(2)));
    const again = { ...batch, batchId: batchId.parse('batch-2') };
    expect(failureOf(insertBatch(db, again, rows(2))).code).toBe('IMPORT_ALREADY_DONE');
    unwrap(voidBatch(db, batch.batchId, '文件错误'));
    expect(loadRespondents(db, theSurvey)).toHaveLength(0);
    unwrap(insertBatch(db, again, rows(2)));
    expect(listBatches(db, theSurvey).map(({ voidReason }) => voidReason)).toEqual([null, '文件错误']);
  });

  it('is refused when the survey holds one of its cases by now, and stores none', () => {
    const { db } = storageWithInterview();
    unwrap(insertBatch(db, batch, rows(2)));
    const later = { ...batch, batchId: batchId.parse('batch-2'), contentHash: 'other' };
    expect(failureOf(insertBatch(db, later, rows(3)))).toEqual({
      code: 'CASE_ALREADY_IMPORTED',
      params: { count: 2, caseCode: 'row-0' },
    });
    expect(listBatches(db, theSurvey)).toHaveLength(1);
    const live = [{ ...rows(1)[0], rowNumber: 2, respondent: respondent('case-1'), score }];
    expect(failureOf(insertBatch(db, later, live)).code).toBe('CASE_ALREADY_IMPORTED');
  });

  it('leaves nothing behind when one row does not fit', () => {
    const storage = storageWithInterview();
    const broken = [
      ...rows(500),
      { ...rows(1)[0], rowNumber: 2, respondent: respondent('twice'), score: null },
    ];
    expect(() => insertBatch(storage.db, batch, broken)).toThrow(/UNIQUE/);
    expect(loadRespondents(storage.db, theSurvey)).toHaveLength(0);
    expect(listBatches(storage.db, theSurvey)).toEqual([]);
  });
});

describe('respondents of both origins', () => {
  it('have the answers, background and score of a live interview', () => {
    const storage = storageWithInterview();
    addAnswers(storage, 2);
    unwrap(
      closeInterview(storage.db, { interviewId: theInterview, disposition: 'complete', background, score }),
    );
    expect(loadRespondents(storage.db, theSurvey)).toEqual([
      {
        interviewId: theInterview,
        score,
        respondent: {
          ...respondent('case-1'),
          answers: { q1: { kind: 'number', value: 1 }, q2: { kind: 'number', value: 2 } },
        },
      },
    ]);
  });

  it('change the data fingerprint whenever figures can change, and only then', () => {
    const storage = storageWithInterview();
    const seen = [dataFingerprint(storage.db, theSurvey)];
    const step = (): void => void seen.push(dataFingerprint(storage.db, theSurvey));
    addAnswers(storage, 1);
    expect(dataFingerprint(storage.db, theSurvey)).toBe(seen[0]);
    unwrap(
      closeInterview(storage.db, { interviewId: theInterview, disposition: 'complete', background, score }),
    );
    step();
    unwrap(saveScore(storage.db, theInterview, { ...score, total: 71 }));
    step();
    unwrap(insertBatch(storage.db, batch, rows(1)));
    step();
    unwrap(saveMargins(storage.db, { surveyId: theSurvey, document: {}, source: '年鉴', contentHash: 'm' }));
    step();
    unwrap(voidBatch(storage.db, batch.batchId, '错'));
    step();
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('margins, results, reports and settings', () => {
  it('come back as they were stored, the newest in force', () => {
    const { db } = storageWithInterview();
    const margins = { surveyId: theSurvey, source: '年鉴', contentHash: 'm' };
    unwrap(saveMargins(db, { ...margins, document: { sex: [1, 2] } }));
    unwrap(saveMargins(db, { ...margins, document: { sex: [3, 4] } }));
    expect(getMargins(db, theSurvey)?.document).toEqual({ sex: [3, 4] });
    const result = {
      surveyId: theSurvey,
      spec: { level: 0.95 },
      dataFingerprint: 'f',
      document: { p: 0.12 },
    };
    unwrap(saveResult(db, result));
    unwrap(saveResult(db, { ...result, document: { p: 0.13 } }));
    expect(findResult(db, theSurvey, { level: 0.95 })).toMatchObject({
      document: { p: 0.13 },
      dataFingerprint: 'f',
    });
    expect(findResult(db, theSurvey, { level: 0.9 })).toBeNull();
    const report = { surveyId: theSurvey, reportKind: 'workbook', fileName: 'r.xlsx', contentHash: 'h' };
    unwrap(recordReport(db, { ...report, spec: {}, dataFingerprint: 'f' }));
    expect(listReports(db, theSurvey)).toMatchObject([{ fileName: 'r.xlsx' }]);
    unwrap(saveSetting(db, 'ui.fontScale', 1.25));
    expect(getSetting(db, 'ui.fontScale')).toBe(1.25);
    expect(getSetting(db, 'ui.other')).toBeNull();
  });
});

describe('a transaction', () => {
  it('undoes every part when the last one fails', () => {
    const { db } = storageWithInterview();
    const result = db.transact(() => {
      unwrap(saveSetting(db, 'a', 1));
      unwrap(voidInterview(db, theInterview, '试'));
      return fail('CANCELLED');
    });
    expect(failureOf(result).code).toBe('CANCELLED');
    expect(getSetting(db, 'a')).toBeNull();
    expect(getInterview(db, theInterview)?.state).toBe('open');
  });

  it('keeps all parts when all succeed', () => {
    const { db } = storageWithInterview();
    unwrap(
      db.transact(() => {
        unwrap(saveSetting(db, 'a', 1));
        unwrap(saveSetting(db, 'b', 2));
        return ok(null);
      }),
    );
    expect([getSetting(db, 'a'), getSetting(db, 'b')]).toEqual([1, 2]);
  });
});
