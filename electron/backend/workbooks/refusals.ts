/** Why a file is refused, as code for tests and logs and as the Chinese words the failure message shows. */
import { fail } from '@shared/domain/result';

export const refusalReasons = {
  macro: '宏',
  externalLink: '外部链接',
  embeddedObject: '嵌入对象或控件',
  documentType: '外部实体声明',
  nesting: '嵌套层次过深',
  entrySize: '内部文件过大',
  totalSize: '解压后总量过大',
  compressionRatio: '压缩比异常',
  lyingSize: '内部文件的实际大小与标明的不符',
  duplicateName: '内部文件重名',
  entryCount: '内部文件过多',
  entryName: '内部文件名不合法',
} as const;

export type RefusalReason = keyof typeof refusalReasons;

/** @param part name of the offending part inside the file, when there is one. */
export const refuseFile = (reason: RefusalReason, part = ''): ReturnType<typeof fail> =>
  fail('FILE_HOSTILE', { reason: refusalReasons[reason], reasonCode: reason, part: part.slice(0, 120) });

export const fileKinds = {
  xls: '旧版 .xls 工作簿',
  package: '不是 Excel 工作簿的压缩包',
  other: '既不是 .xlsx 也不是文本表格',
} as const;

/** The message advises to save the table as .xlsx or .csv. */
export const refuseKind = (found: keyof typeof fileKinds, fileName = ''): ReturnType<typeof fail> =>
  fail('FILE_TYPE_NOT_SUPPORTED', { kind: fileKinds[found], found, advice: 'saveAsXlsx', fileName });
