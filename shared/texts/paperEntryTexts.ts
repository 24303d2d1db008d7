/** Words of keying, comparing and filing paper questionnaires. */
import type { PaperProblem } from '../paper/paperReview';

export const coverTexts = {
  date: '访问日期',
  dateHint: '八位数字，如 20250630',
  enumerator: '访问员',
  caseCode: '样本编号（可不填，不填时用问卷编号）',
  region: '区县',
  residence: '城乡',
  stratum: '层',
  psu: '初级单元',
  baseWeight: '基础权数',
} as const;

/** One sentence for each way a paper can break a rule, as said to the person who settles it. */
export const paperProblemTexts: Readonly<Record<PaperProblem, string>> = {
  unknownCode: '题目里没有这个代码。',
  severalMarks: '只能选一个，纸上选了几个。',
  rowCount: '代码个数与逐项的行数不同；空着的行录“-”。',
  unknownPair: '配对里有题目没有的代码。',
  notANumber: '这里要填数字。',
  notADate: '不是有效的年月，应如 1985-06。',
  skipped: '按跳答规则这题不用答，纸上却有答案。',
  check: '',
  coverMissing: '必须填写，缺了不能入库。',
  coverDate: '不是有效的日期，应为八位数字，如 20250630。',
  wrongKind: '答案与题型不符。',
  required: '没有选任何一项。',
  incomplete: '没有答完整。',
  unknownOption: '选了前面没有选过的项。',
  unknownRow: '答了按规则不用答的行。',
  duplicate: '同一项用了两次。',
  exclusive: '“都没有”一类的项不能与其他项同选。',
  tooMany: '选的个数超过了上限。',
  outOfRange: '数字超出了允许的范围。',
  notWhole: '要填整数。',
  tooLong: '文字太长。',
  noteNotAllowed: '这一项不能另外注明。',
  missingNotAllowed: '这题没有“不知道”“拒答”这样的选项。',
};

export const paperProblemText = ({
  problem,
  message,
}: {
  readonly problem: PaperProblem;
  readonly message: string;
}): string => (problem === 'check' ? message : paperProblemTexts[problem]);

export const paperStatuses = [
  'firstOpen',
  'awaitingSecond',
  'secondOpen',
  'agreed',
  'differences',
  'settled',
  'filed',
  'voided',
] as const;
export type PaperStatus = (typeof paperStatuses)[number];

export function paperStatusText(status: PaperStatus, openDifferences: number): string {
  const texts: Readonly<Record<PaperStatus, string>> = {
    firstOpen: '第一次录入中',
    awaitingSecond: '待二录',
    secondOpen: '第二次录入中',
    agreed: '一致',
    differences: `有差异 ${openDifferences} 处`,
    settled: '已裁决',
    filed: '已入库',
    voided: '作废',
  };
  return texts[status];
}

export const rulingChoiceLabels = { first: '按第一次', second: '按第二次', other: '另行认定' } as const;

/** Shown where a field was left empty. */
export const emptyFieldText = '（空着）';

/** Says what a keyed text stands for. */
export const echoWords = {
  dontKnow: '不知道',
  refused: '拒答',
  notApplicable: '不适用',
  empty: '空着',
  year: (year: number): string => `${year} 年，月份不详`,
  yearMonth: (year: number, month: number): string => `${year} 年 ${month} 月`,
} as const;
