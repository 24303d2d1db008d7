/** 方法说明: how the figures were made and how to read them, for a reader who is no statistician. */
import type { ReportInput } from '../reportInput';
import type { SheetModel, SheetRow } from '../sheetModel';
import { fullRow, row, text } from '../sheetModel';
import { framed } from '../wording';
import { marginRows } from './marginRows';
import { sensitivityTexts } from './progressRows';
import {
  disclosureTexts,
  errorTexts,
  instrumentTexts,
  keyChangeTexts,
  limitTexts,
  populationTexts,
  traceTexts,
  verdictTexts,
  weightingTexts,
} from './methodTexts';

const section = (title: string, paragraphs: readonly string[]): readonly SheetRow[] => [
  fullRow(title, 'section'),
  ...paragraphs.map((paragraph) => fullRow(paragraph)),
];

function marginTable(input: ReportInput): readonly SheetRow[] {
  const rows = marginRows(input);
  if (rows.length === 0) return [];
  return [row(['变量', '类别', '校准前', '总体人数', '校准后'].map(text), 'head'), ...rows];
}

export function methodSheet(input: ReportInput): SheetModel {
  const count = { width: 14, format: 'count', align: 'right', role: 'detail' } as const;
  return framed(input, {
    id: 'method',
    name: '方法说明',
    title: '方法说明',
    columns: [
      { header: '变量', width: 20, format: 'text', align: 'left', role: 'label' },
      { header: '类别', width: 28, format: 'text', align: 'left', role: 'label' },
      { header: '校准前', ...count },
      { header: '总体人数', ...count },
      { header: '校准后', ...count },
    ],
    headerRows: [],
    rows: [
      ...section('一、对象与样本', populationTexts(input)),
      ...section('二、测评口径', [...instrumentTexts(input), ...keyChangeTexts(input)]),
      ...section('三、加权', weightingTexts(input)),
      ...marginTable(input),
      ...section('四、误差与区间', [...errorTexts(input), ...sensitivityTexts(input)]),
      ...section('五、公布规则', disclosureTexts(input)),
      ...section('六、达标判定', verdictTexts(input)),
      ...section('七、使用时须知', limitTexts(input)),
      ...section('八、可追溯', traceTexts(input)),
    ],
    notes: [],
    print: { orientation: 'portrait', repeatHeader: false },
  });
}
