/** 回收情况: final dispositions of every issued case and the response rate RR1, for the region and each unit. */
import type { ResponseSummary } from '../../results/surveyResults';
import { labelColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetColumn, SheetModel } from '../sheetModel';
import { number, plainHeader, row, text } from '../sheetModel';
import { framed, unitWord } from '../wording';

type Count = Exclude<keyof ResponseSummary, 'regionCode' | 'responseRate'>;

const counts: readonly (readonly [Count, string])[] = [
  ['issued', '样本总数'],
  ['complete', '完成'],
  ['partial', '部分完成'],
  ['refusal', '拒访'],
  ['breakOff', '中途拒绝'],
  ['nonContact', '未接触到'],
  ['unable', '无法作答'],
  ['unknownEligibility', '资格不明'],
  ['ineligible', '不合格'],
  ['voided', '作废'],
];

const countColumn = (header: string): SheetColumn => ({
  header,
  width: 10,
  format: 'count',
  align: 'right',
  role: 'count',
});

function notesOf(input: ReportInput): readonly string[] {
  const { results } = input;
  const onlyCompletes = results.response.some(
    (line) => line.regionCode === null && line.issued > 0 && line.issued === line.complete,
  );
  return [
    '应答率 RR1（AAPOR）＝完成 ÷（完成＋部分完成＋拒访＋中途拒绝＋未接触到＋无法作答＋资格不明）；不合格和作废不计入。',
    '应答率是全部样本的计数结果，不是抽样估计，没有抽样区间。',
    `没有填写所在${unitWord(input)}的样本只计入全体。`,
    ...(onlyCompletes
      ? ['导入的数据只含完成的答卷，没有未完成样本的记录：此处的应答率不反映实际回收情况。']
      : []),
    ...(results.basis === 'nonprobability' ? ['非概率样本没有抽样框，应答率只作过程记录。'] : []),
    '— 表示无法计算。',
  ];
}

export function responseSheet(input: ReportInput): SheetModel {
  const { response, headline } = input.results;
  const columns: readonly SheetColumn[] = [
    labelColumn(unitWord(input), 20),
    ...counts.map(([, header]) => countColumn(header)),
    { header: '应答率\nRR1', width: 10, format: 'share1', align: 'right', role: 'caseRate' },
  ];
  return framed(input, {
    id: 'response',
    name: '回收情况',
    title: '样本回收情况',
    columns,
    headerRows: [plainHeader(columns)],
    rows: response.map((line) =>
      row(
        [
          text(regionName(input, line.regionCode ?? headline.regionCode)),
          ...counts.map(([key]) => number(line[key])),
          number(line.responseRate),
        ],
        line.regionCode === null ? 'total' : 'normal',
      ),
    ),
    notes: notesOf(input),
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 1,
  });
}
