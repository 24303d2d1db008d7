/** Words of the printed questionnaire: who answers what, where an answer leads, what to do with the pen. */
import type { CodedReason } from '../paper/keyedSymbols';

const listed = (codes: readonly string[]): string =>
  codes.length < 2 ? codes.join('') : `${codes.slice(0, -1).join('、')} 或 ${codes.at(-1) ?? ''}`;

/** Phrases of conditions; `question` is the printed number of the question. */
export const conditionWords = {
  and: (parts: readonly string[]): string => parts.join('，并且 '),
  or: (parts: readonly string[]): string => parts.join('，或者 '),
  not: (part: string): string => `不是“${part}”`,
  chose: (question: string, codes: readonly string[]): string => `${question} 选 ${listed(codes)}`,
  didNotChoose: (question: string, codes: readonly string[]): string => `${question} 没选 ${listed(codes)}`,
  compared: (question: string, operator: '<' | '<=' | '>' | '>=', value: string): string =>
    ({
      '<': `${question} 小于 ${value}`,
      '<=': `${question} 选 ${value} 或更小的`,
      '>': `${question} 大于 ${value}`,
      '>=': `${question} 选 ${value} 或更大的`,
    })[operator],
  atLeastAge: (years: number): string => `年满 ${years} 岁`,
  underAge: (years: number): string => `不满 ${years} 岁`,
  rowChose: (question: string, row: string, codes: readonly string[]): string =>
    `${question} 的 ${row} 项选 ${listed(codes)}`,
  sameRowChose: (question: string, codes: readonly string[]): string =>
    `${question} 里同一项选了 ${listed(codes)} 的`,
  sameSelected: (question: string): string => `${question} 里选过的`,
  anyRowChose: (question: string, codes: readonly string[]): string =>
    `${question} 有一项选 ${listed(codes)}`,
  saidNotApplicable: (question: string): string => `${question} 填 88`,
  didNotSayNotApplicable: (question: string): string => `${question} 没有填 88`,
  byEarlierAnswers: '前面的回答适用',
} as const;

export const paperFormTexts = {
  onlyFor: (condition: string): string => `（${condition} 的人答）`,
  sectionFor: (condition: string): string => `这一部分只由${condition}的人答，其他人跳过。`,
  partsFor: (codes: string, condition: string): string => `${codes} 只由 ${condition} 的人填。`,
  allPartsFor: (condition: string): string => `只填 ${condition}。`,
  jumpTo: (label: string): string => `→ 跳到 ${label}`,
  jumpToEnd: '→ 已答完',
  endsHere: '→ 到此结束，谢谢您',
  endsIf: (condition: string): string => `${condition}的：到此结束，谢谢您。`,
  testLabel: (position: number): string => `第 ${position} 题`,
  questionLabel: (label: string): string => `${label}．`,
  notice:
    '请在选中的代码上画圈。填错了，把错的划掉，再圈对的。没有说明“可多选”的题只圈一个。右边写着“→ 跳到”的，按它指的题接着答。调查不记姓名，答案只用于统计，请照实际情况填写，不要与别人商量，不要查资料。',
  interviewerNotice:
    '访问员逐题读出，在选中的代码上画圈。填错了，把错的划掉，再圈对的。右边写着“→ 跳到”的，按它指的题接着问。标有“访员记录”的题不读出。',
  circleOne: '圈一个',
  circleSeveral: (maximum: number | null): string =>
    maximum === null ? '可以圈几个' : `最多圈 ${maximum} 个`,
  fillOrder: (places: number): string => `按先后把代码填进 ${places} 个格`,
  circleEachRow: '每行圈一个',
  fillEachRow: '把右边的代码填进左边的格',
  rightOrWrong: '圈 1 或 2',
  numberBoxes: (unit: string): string => `填数字${unit === '' ? '' : `（${unit}）`}`,
  dateBoxes: '年 4 格，月 2 格',
  textLine: '写在横线上',
  year: '年',
  month: '月',
  missingLabels: { dontKnow: '不知道', refused: '拒答', notApplicable: '不适用' } satisfies Record<
    CodedReason,
    string
  >,
  paperNumber: '问卷编号',
  versionMark: (version: string): string => `版本 ${version}`,
  pageNumber: { before: '第 ', after: ' 页' },
  head: {
    formNumber: '表号',
    issuingBody: '制定机关',
    approvalNumber: '文号',
    validUntil: '有效期至',
  },
  unit: (unit: string): string => `单位：${unit}`,
  order: (place: number): string => `第 ${place}`,
} as const;
