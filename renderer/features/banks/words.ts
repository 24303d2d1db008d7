/** Words of 题库管理 and of the badge every page of a bank carries. */
import type { BankKeyState, KeyEvent, KeyViewPlace } from '@shared/contract/areas/banks';
import type { BankHead } from '@shared/contract/areas/items';

export const keyStateLabels: Readonly<Record<BankKeyState, string>> = {
  public: '公开',
  missing: '未装入',
  sealed: '已封存',
  open: '已打开',
};

export const keyStateHints: Readonly<Record<BankKeyState, string>> = {
  public: '题目和答案随软件公开，不需要打开。',
  missing: '本机只有题目文件，可以答题，不能评分。',
  sealed: '答案文件在本机，封着；输入答案口令才能读。',
  open: '本次运行中可以读答案；锁定或退出后自动关闭。',
};

export const placeLabels: Readonly<Record<KeyViewPlace, string>> = {
  itemPage: '题目页',
  itemAnalysis: '试题分析',
  export: '导出',
  print: '打印答案',
  formJudgement: '组卷',
};

const actionLabels: Readonly<Record<string, string>> = {
  'item.keyViewed': '查看答案',
  'items.exported': '导出题目',
  'bank.installed': '装入题库文件',
  'bank.created': '新建题库',
  'bank.keysOpened': '打开答案',
  'bank.keysClosed': '关闭答案',
  'bank.sealed': '封存导出',
};

export const actionLabel = ({ action }: KeyEvent): string => actionLabels[action] ?? '其他';

/** What stands beside the title of a bank on every page of it. */
export function bankLabel({ isPublic, keys }: Pick<BankHead, 'isPublic' | 'keys'>): string {
  if (isPublic) return '公开试用题库';
  return keys === 'present' ? '保密题库 · 答案已打开' : '保密题库 · 答案已封存';
}

export const passphraseRule = '至少 12 个字符，或用空格隔开的 4 个词';
