/** A host for one interview in memory: it acknowledges answers in order, and can be told to wait or to fail. */
import type { InterviewProgress, InterviewStep, InterviewView } from '@shared/contract/areas/interviews';
import { interviewView } from '@shared/contract/areas/interviews';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';

export interface Sent {
  readonly questionId: string;
  readonly answer: Answer;
  readonly confirmed: boolean;
}

export interface FakeHost {
  readonly sent: Sent[];
  /** Answers wait for `release` while true. */
  holds: boolean;
  /** Failure code of the next answers; null = acknowledge. */
  failsWith: string | null;
  /** Message to confirm before an answer counts. */
  asksToConfirm: string | null;
  release: () => void;
}

export interface Setup {
  readonly questions: readonly Question[];
  readonly mode?: InterviewView['mode'];
  readonly hidden?: boolean;
}

const stepOf = (question: Question, index: number): InterviewStep => ({
  question,
  section: 'K',
  sectionTitle: '科学素质题',
  testPosition: index + 1,
  interviewerOnly: false,
});

export function installHost({ questions, mode = 'interviewer', hidden = false }: Setup): FakeHost {
  const answers: Record<string, Answer> = {};
  let position = 0;
  const waiting: (() => void)[] = [];
  const host: FakeHost = {
    sent: [],
    holds: false,
    failsWith: null,
    asksToConfirm: null,
    release: () => waiting.splice(0).forEach((go) => go()),
  };
  const stateOf = (question: Question, index: number): 'answered' | 'missing' | 'current' | 'ahead' => {
    const given = answers[question.code];
    if (given !== undefined) return given.kind === 'missing' ? 'missing' : 'answered';
    return index === position ? 'current' : 'ahead';
  };
  const progress = (confirmations: InterviewProgress['confirmations'] = []): InterviewProgress => ({
    state: position >= questions.length ? 'readyToFinish' : 'open',
    currentQuestionId: questions[position]?.code ?? null,
    currentQuestion: questions[position] ?? null,
    states: Object.fromEntries(questions.map((question, index) => [question.code, stateOf(question, index)])),
    answers: { ...answers },
    answered: Object.keys(answers).length,
    total: questions.length,
    testItemCount: questions.length,
    disposition: null,
    notices: [],
    breaksAfter: [],
    confirmations,
    savedAt: '2026-06-30T02:00:00.000Z',
  });
  const view = (): InterviewView =>
    interviewView.parse({
      interviewId: 'i1',
      surveyId: 's1',
      surveyName: '苏州市调查',
      isDemo: false,
      caseCode: 'SZ-1',
      mode,
      header: { formNumber: '表1', issuingBody: '科协', approvalNumber: '', validUntil: null },
      steps: questions.map(stepOf),
      progress: progress(),
    });
  const ok = <T>(value: T) => ({ ok: true as const, value });
  async function updateAnswer(input: Sent) {
    host.sent.push(input);
    if (host.holds) await new Promise<void>((go) => waiting.push(go));
    if (host.failsWith !== null) return { ok: false, failure: { code: host.failsWith, params: {} } };
    if (host.asksToConfirm !== null && !input.confirmed) {
      return ok(progress([{ questionId: input.questionId, message: host.asksToConfirm }]));
    }
    answers[input.questionId] = input.answer;
    position = questions.findIndex((question) => question.code === input.questionId) + 1;
    return ok(progress());
  }
  const score = {
    instrumentId: 'cast-2024',
    instrumentVersion: '1.0.0',
    total: 73,
    dimensions: {},
    tier: 'literate',
    passed: true,
    answeredItems: 1,
    dontKnowItems: 0,
    refusedItems: 0,
    blankItems: 0,
  };
  const api = {
    'interview/get': async () => ok(view()),
    'interview/updateAnswer': updateAnswer,
    'interview/updateCurrent': async (input: { questionId: string }) => {
      position = questions.findIndex((question) => question.code === input.questionId);
      return ok(progress());
    },
    'interview/runFinish': async () => ok({ disposition: 'complete', score: hidden ? null : score, hidden }),
    'instrument/list': async () => ok([]),
    'survey/get': async () => ok({ survey: { settings: { showScoreToRespondent: false } } }),
  };
  Object.assign(window, { api });
  return host;
}
