/** 试题选项, for statisticians: who chose what. Of a private bank nothing: the options would give away the keys. */
import type { AnalysedOption, AnalysedSurveyItem } from '../../results/itemAnalysisResults';
import { optionBasisNotes, optionRoleTexts } from '../../texts/itemAnalysisTexts';
import { itemSheetTexts } from '../../texts/itemSheetTexts';
import { itemSheet, type ItemSheetInput } from '../reportedItems';
import type { CellFormat, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, number, plainHeader, row, text } from '../sheetModel';

const column = (header: string, format: CellFormat, width: number): SheetColumn => ({
  header,
  format,
  width,
  align: format === 'text' ? 'left' : 'right',
  role: 'detail',
});

const columns: readonly SheetColumn[] = [
  { header: '题', format: 'count', width: 6, align: 'center', role: 'label' },
  { header: '题号', format: 'text', width: 22, align: 'left', role: 'label' },
  { header: '选项', format: 'text', width: 10, align: 'left', role: 'label' },
  { header: '性质', format: 'text', width: 12, align: 'left', role: 'label' },
  { header: '答卷\nn', format: 'count', width: 9, align: 'right', role: 'count' },
  column('比例\n（加权）', 'share1', 11),
  column('高分组\n（前 27%）', 'share1', 12),
  column('低分组\n（后 27%）', 'share1', 12),
  column('点二列\n相关', 'number3', 10),
  ...['一', '二', '三', '四', '五'].map((fifth) => column(`第${fifth}\n五分组`, 'share1', 10)),
  column('说明', 'text', 44),
];

const ownRoles = { key: '正确答案', distractor: '干扰项' } as const;

function roleText({ role }: AnalysedOption, { optionBasis }: AnalysedSurveyItem): string {
  const isOwn = optionBasis === 'choices' && (role === 'key' || role === 'distractor');
  return isOwn ? ownRoles[role] : optionRoleTexts[role];
}

const isOwnCode = ({ code, role }: AnalysedOption): boolean => code !== role;

function optionRow(item: AnalysedSurveyItem, option: AnalysedOption, count: number): SheetRow {
  return row([
    number(item.position),
    text(item.itemId),
    text(isOwnCode(option) ? option.code : '—'),
    text(roleText(option, item)),
    number(count),
    number(option.share),
    number(option.topShare),
    number(option.bottomShare),
    number(option.pointBiserial),
    ...option.curve.map((share) => number(share)),
    text(optionBasisNotes[item.optionBasis] ?? ''),
  ]);
}

export const itemOptionsSheet = (input: ItemSheetInput): SheetModel =>
  itemSheet(input, {
    id: 'itemOptions',
    name: '试题选项',
    title: '试题选项',
    columns,
    build: ({ items, respondentCount }) => ({
      headerRows: [plainHeader(columns)],
      rows: input.isPublicBank
        ? items.flatMap((item) => item.options.map((option) => optionRow(item, option, respondentCount)))
        : [fullRow(itemSheetTexts.privateOptions)],
      notes: [
        '比例和点二列相关按权数计算；高、低分组和五分组按其余各题得分排序，按人数计算，由低分到高分。',
        '选项只列代号，不列题文：题目须保密。',
      ],
    }),
  });
