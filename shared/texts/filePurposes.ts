/** What a person may be asked to choose a file for, and which files are offered then. */
export const filePurposeNames = [
  'answers',
  'margins',
  'packages',
  'bankQuestions',
  'bankKeys',
  'handIn',
  'items',
] as const;
export type FilePurpose = (typeof filePurposeNames)[number];

export interface FileChoice {
  /** Name of the kind of file in a dialog. */
  readonly name: string;
  /** Endings without the dot. */
  readonly endings: readonly string[];
}

const tables: FileChoice = { name: '数据表', endings: ['xlsx', 'csv'] };

export const filePurposes: Readonly<Record<FilePurpose, FileChoice>> = {
  answers: tables,
  margins: tables,
  packages: { name: '汇总包', endings: ['zhtotals'] },
  bankQuestions: { name: '题目文件', endings: ['zhbank'] },
  items: { name: '题目文件', endings: ['xlsx', 'csv', 'gift', 'txt', 'xml'] },
  handIn: { name: '答卷包', endings: ['zhanswers'] },
  bankKeys: { name: '答案文件', endings: ['zhkeys'] },
};
