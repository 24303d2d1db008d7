/** How a command ends: done with a document and readable text, refused with a sentence, or called wrongly. */
import type { Failure, Result } from '@shared/domain/result';
import { failureText } from '@shared/texts/failureTexts';

/** A machine-readable document; `ok` is added by the runner. */
export type Document = Readonly<Record<string, unknown>>;

export interface Done {
  readonly ok: true;
  readonly document: Document;
  /** What a person reads without `--json`. */
  readonly text: string;
}

export interface Refused {
  readonly ok: false;
  readonly kind: 'refused' | 'wrongUsage';
  readonly failure: { readonly code: string; readonly params: Failure['params'] };
  /** One Chinese sentence: what happened, what was kept, what to do. */
  readonly message: string;
  /** Details of the refusal, e.g. the cell errors of a table. */
  readonly document?: Document;
  readonly text?: string;
}

export type Outcome = Done | Refused;

/** A value on the way to the outcome. */
export type Step<T> = { readonly ok: true; readonly value: T } | Refused;

export const exitCodes = { done: 0, refused: 1, wrongUsage: 2 } as const;

export const step = <T>(value: T): Step<T> => ({ ok: true, value });

export const done = (document: Document, text: string): Done => ({ ok: true, document, text });

/** A failure of the shared list, with its sentence. */
export const refusedBy = (failure: Failure): Refused => ({
  ok: false,
  kind: 'refused',
  failure,
  message: failureText(failure),
});

export const stepOf = <T>(result: Result<T>): Step<T> => (result.ok ? result : refusedBy(result.failure));

const refusalTexts = {
  INPUT_NOT_FOUND: '找不到文件“{file}”，没有做任何改动。请检查路径。',
  INPUT_NOT_READABLE: '文件“{file}”无法读取，没有做任何改动。请检查权限，或确认它不是文件夹。',
  OUTPUT_EXISTS: '“{file}”已经存在，没有覆盖。请换一个文件名，或加上 --force。',
  OUTPUT_NOT_WRITABLE: '无法写入“{file}”，没有留下半个文件。请检查文件夹是否存在、是否有写入权限和空间。',
  SETTINGS_NOT_VALID:
    '调查设置“{file}”不符合要求（{field}），没有做任何改动。请对照 demo 命令生成的调查设置修改。',
  MAPPING_NOT_VALID:
    '列的对应关系“{file}”不符合要求（{field}），没有做任何改动。请用 import --json 输出的 mapping 修改。',
  SHEET_NOT_FOUND: '表格里没有名为“{sheet}”的工作表，没有做任何改动。现有：{sheets}。',
  KEY_NOT_VALID: '“{file}”不是签名密钥文件，没有导出。请换一个文件，或写一个不存在的文件名以新建密钥。',
  SIGNERS_NOT_VALID: '指纹登记文件“{file}”的格式不对，没有汇总。请恢复备份，或另用一个新文件重新登记。',
  MARGINS_HAVE_ERRORS: '边际总体表有 {count} 处错误，没有使用。请按下面的清单修改。',
  NO_DEMO: '规划“{plan}”没有演示数据。可用：{plans}。',
  NOT_A_DATA_FOLDER: '“{folder}”不是知衡的数据目录，没有改动它。请先用知衡打开一次，或检查路径。',
  DEMO_AND_REAL: '演示数据和真实数据不能混在一项调查里，没有导入。请换成{wanted}，或另选调查。',
  NO_REPLICATES:
    '这份分析规格没有按初级单元的重复样本，没有写出任何文件。请去掉 --replicates-out，或改 variance。',
  SURVEY_NOT_FOUND: '数据目录里没有编号为“{survey}”的调查，没有导入。现有：{surveys}。',
} as const;

export type RefusalCode = keyof typeof refusalTexts;

/** A refusal only the command line knows. */
export function refuse(code: RefusalCode, params: Failure['params']): Refused {
  const message = refusalTexts[code].replace(/\{(\w+)\}/g, (_whole, name: string) =>
    String(params[name] ?? ''),
  );
  return { ok: false, kind: 'refused', failure: { code, params }, message };
}

export const wrongUsage = (message: string): Refused => ({
  ok: false,
  kind: 'wrongUsage',
  failure: { code: 'WRONG_USAGE', params: {} },
  message,
});
