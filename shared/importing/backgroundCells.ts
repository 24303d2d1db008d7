/** Categories of background and outcome columns in every coding and wording we accept (question-bank-spec §5.1). */
import type { AgeBand, EducationLevel, Residence, Sex } from '../domain/groups';
import { ageBands, educationLevels, residences, sexes } from '../domain/groups';
import { dispositionByResultCode, dispositions, type Disposition } from '../domain/disposition';
import type { RespondentRecord } from '../domain/respondent';
import { fold, foldSentence } from './normalise';
import { read, refuse, type CellReading } from './problems';
import { cellText, type Cell } from './table';

/** Folded spelling → category; null = stated as unknown. */
export type Vocabulary<T> = ReadonlyMap<string, T | null>;

const unknownWords = ['不详', '未说明', '拒答', '不知道', '不清楚', '99'];

function vocabulary<T extends string>(
  spellings: Readonly<Record<T, string>>,
  ids: readonly T[],
  unknown: readonly string[] = unknownWords,
): Vocabulary<T> {
  const entries = ids.flatMap((id) =>
    [id, ...spellings[id].split(' ')].map((spelling): [string, T] => [fold(spelling), id]),
  );
  return new Map<string, T | null>([...unknown.map((word): [string, null] => [word, null]), ...entries]);
}

export const sexWords: Vocabulary<Sex> = vocabulary({ male: '1 男 男性 m', female: '2 女 女性 f' }, sexes, [
  ...unknownWords,
  '9',
]);

/** Codes 1–7 of question B5; 5 and above are tertiary. */
export const educationWords: Vocabulary<EducationLevel> = vocabulary(
  {
    primary: '1 2 没上过学 未上过学 文盲 不识字 小学 小学及以下 小学以下',
    junior: '3 初中',
    senior:
      '4 高中 中专 技校 职高 高中(含中专) 高中/中专 高中及中专 高中或中专 高中、中专、技校、职高 高中/中专/技校 高中(中专、技校)',
    college: '5 大专 专科 大学专科 高职 大专(高职) 大学专科(大专)',
    bachelor: '6 7 本科 大学本科 大学本科及以上 本科及以上 研究生 硕士 博士 研究生及以上 硕士及以上',
  },
  educationLevels,
);

/** 城乡分类代码 111–220, and the plain codes 1/2. */
export const residenceWords: Vocabulary<Residence> = vocabulary(
  {
    urban: '1 城镇 城市 城区 市镇 镇 u 111 112 121 122 123',
    rural: '2 农村 乡村 乡 村 r 210 220',
  },
  residences,
);

export const ageBandWords: Vocabulary<AgeBand> = new Map<string, AgeBand | null>([
  ...unknownWords.map((word): [string, null] => [word, null]),
  ...ageBands.flatMap((band, index) => [
    ...['-', '—', '–', '~', '～', '至'].flatMap((dash): [string, AgeBand][] => [
      [fold(band.replace('-', dash)), band],
      [fold(`${band.replace('-', dash)}岁`), band],
    ]),
    [String(index + 1), band] as [string, AgeBand],
  ]),
]);

const outcomeWords: Readonly<Record<Disposition, string>> = {
  complete: '完成 完成访问 有效 有效答卷 有效问卷 成功',
  partial: '部分完成 部分有效',
  refusal: '拒访 拒绝 拒绝访问',
  breakOff: '中途拒绝 中途拒访 中断',
  nonContact: '无人 无人在家 未接触 未联系上 三次未遇',
  unable: '无法完成 无能力 无法作答',
  unknownEligibility: '资格不明 情况不明',
  ineligibleAge: '年龄不符 年龄不合格',
  ineligibleResidence: '居住不符 居住时间不符 非常住',
  ineligibleMilitary: '现役军人',
  voided: '作废 无效 无效答卷',
};

export const dispositionWords: Vocabulary<Disposition> = new Map<string, Disposition | null>([
  ...vocabulary(outcomeWords, dispositions, []),
  ...Object.entries(dispositionByResultCode),
]);

type Mode = RespondentRecord['mode'];

export const modeWords: Vocabulary<Mode> = vocabulary<Mode>(
  {
    interviewer: '访员 访员访问 面访 入户 入户面访 访员读 capi papi',
    selfAdministered: '自填 自答 自己看自己答 网上 网络 线上 在线 问卷星 cawi self',
    paper: '纸质 纸笔 纸质问卷',
    unknown: '不详 未知',
  },
  ['interviewer', 'selfAdministered', 'paper', 'unknown'],
  [],
);

const flagWords: Vocabulary<'yes' | 'no'> = vocabulary(
  { yes: '是 1 有 √ ✓ true y 对', no: '否 0 无 不是 × x false n 错 2' },
  ['yes', 'no'],
);

/** Up to ten spellings of a vocabulary, for the message. */
function allowedWords(words: Vocabulary<string>): string {
  const chinese = [...words.keys()].filter(
    (word) => /\p{Script=Han}/u.test(word) && !unknownWords.includes(word),
  );
  return chinese.slice(0, 10).join('、');
}

/** Category of a cell, null when it is stated as unknown. */
export function readCategory<T extends string>(cell: Cell, words: Vocabulary<T>): CellReading<T | null> {
  const text = cellText(cell);
  const found = words.get(fold(text)) ?? words.get(foldSentence(text));
  if (found !== undefined) return read(found);
  return refuse('UNKNOWN_CATEGORY', { allowed: allowedWords(words) });
}

/** A yes/no flag; null when stated as unknown. */
export function readFlag(cell: Cell): CellReading<boolean | null> {
  const reading = readCategory(cell, flagWords);
  if (!reading.ok) return reading;
  return read(reading.value === null ? null : reading.value === 'yes');
}
