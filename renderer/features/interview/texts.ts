/** Chinese sentences of the interview screens: problems with an answer, states, closings. */
import type { Disposition } from '@shared/domain/disposition';
import type { Failure } from '@shared/domain/result';
import type { InterviewProgress } from '@shared/contract/areas/interviews';
import type { Question, QuestionKindName } from '@shared/questions/kinds';
import type { AnswerProblem } from '@shared/questions/questionKind';

type Params = Readonly<Record<string, string | number>>;

const requiredTexts: Readonly<Record<QuestionKindName, string>> = {
  single: '请选择一个答案。',
  multi: '请至少选择一个答案。',
  trueFalse: '请选择一个答案。',
  number: '请填写一个数字。',
  yearMonth: '请填写正确的年和月：年是 4 位数字，月是 1 到 12。',
  text: '请填写内容。',
  scale: '请给每一条选一个答案。',
  ordering: '请按顺序点选。',
  matching: '请给左边每一项配上右边的一项。',
};

const reasonTexts: Readonly<Record<Exclude<AnswerProblem, 'required'>, string>> = {
  wrongKind: '这个答案与题目不符，没有保存。请重新作答。',
  incomplete: '还没有答完，请补全后再继续。',
  unknownOption: '选中的答案不在选项里，没有保存。请重新选择。',
  unknownRow: '有一条不属于这道题，没有保存。请重新作答。',
  duplicate: '同一个选项用了两次，请改成不同的选项。',
  exclusive: '“都没有”一类的选项不能和其他选项同时选。',
  tooMany: '选得太多了，最多 {maximum} 个。',
  outOfRange: '超出可填的范围，请填 {minimum} 到 {maximum} 之间的数。',
  notWhole: '请填整数。',
  tooLong: '写得太长了，最多 {maximum} 个字。',
  noteNotAllowed: '这个选项不需要说明文字，请清空说明。',
  missingNotAllowed: '这道题不能这样回答，请选择一个答案。',
};

const fill = (text: string, params: Params): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? ''));

const isReason = (reason: string): reason is keyof typeof reasonTexts => reason in reasonTexts;

/** The sentence for one reason code; 不知道 is recalled where the question offers it. */
export function problemText(question: Question, reason: string, params: Params): string {
  if (reason === 'incomplete' && question.kind === 'ordering')
    return `请按顺序点选 ${params['places'] ?? ''} 个。`;
  const text = isReason(reason) ? fill(reasonTexts[reason], params) : requiredTexts[question.kind];
  const mayNotKnow = question.dontKnow === true && (reason === 'required' || reason === 'incomplete');
  return mayNotKnow ? `${text}不确定可以选“不知道”，没关系。` : text;
}

/** Sentence of an answer the host refused; null when the trouble is not the answer itself. */
export function refusalText(question: Question, failure: Failure): string | null {
  if (failure.code !== 'ANSWER_NOT_VALID') return null;
  const { message, reason } = failure.params;
  if (typeof message === 'string' && message !== '') return message;
  return problemText(question, String(reason ?? 'wrongKind'), failure.params);
}

type StepState = InterviewProgress['states'][string];

export const stateTexts: Readonly<Record<StepState, string>> = {
  answered: '已答',
  missing: '不知道、拒答或不适用',
  current: '正在答',
  ahead: '还没到',
  inactive: '不用答',
};

export const missingTexts = {
  interviewer: { dontKnow: '不知道', refused: '拒答', noAnswer: '没有作答' },
  selfAdministered: { dontKnow: '不知道', refused: '不想回答', noAnswer: '没有作答' },
} as const;

interface Closing {
  readonly title: string;
  readonly lines: readonly string[];
}

const thanks: Closing = {
  title: '答完了，谢谢您！',
  lines: ['您的回答都已保存，只用于统计，不会公开个人情况。'],
};

const closings: Partial<Record<Disposition, Closing>> = {
  partial: { title: '今天先到这里，谢谢您！', lines: ['已经回答的部分都已保存。'] },
  refusal: { title: '好的，打扰您了', lines: ['没有您的同意，我们不会继续。谢谢您抽出时间。'] },
  breakOff: { title: '好的，就到这里', lines: ['谢谢您抽出时间。'] },
  ineligibleAge: {
    title: '谢谢您的配合',
    lines: ['这次调查请 18–69 岁的居民回答，您的年龄不在这个范围，就不再打扰了。'],
  },
  ineligibleResidence: {
    title: '谢谢您的配合',
    lines: ['这次调查请在本地住满半年的居民回答，就不再打扰了。'],
  },
  ineligibleMilitary: {
    title: '谢谢您的配合',
    lines: ['这次调查不包括现役军人，就不再打扰了。'],
  },
  unable: { title: '谢谢您的配合', lines: ['这次就不再继续了，祝您健康。'] },
  nonContact: { title: '本次访问已记录', lines: ['没有接触到被访者。'] },
};

/** What is said to the respondent at the end; never anything about right or wrong. */
export const closingOf = (disposition: Disposition | null): Closing =>
  disposition === null ? thanks : (closings[disposition] ?? thanks);
