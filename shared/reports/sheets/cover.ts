/** 封面: statutory head, what was measured under which plan, provenance of the data, and the list of sheets. */
import { basisLabels } from '../../texts/labels';
import { formatCount, isShown } from '../../texts/format';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetCell, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, missing, number, row, text } from '../sheetModel';
import { headlineText } from '../verdictText';
import { beijingTime, daySerial, framed, unitWord } from '../wording';

export interface ContentsLine {
  readonly name: string;
  readonly purpose: string;
}

const planStatus = { inForce: '现行', draftForComment: '征求意见稿（目标可能调整）' } as const;

const line = (label: string, value: SheetCell): SheetRow => row([text(label), value]);
const textLine = (label: string, value: string): SheetRow =>
  line(label, value === '' ? missing : text(value));

function headRows({ survey }: ReportInput): readonly SheetRow[] {
  const { formNumber, issuingBody, approvalNumber, validUntil } = survey.settings.header;
  return [
    fullRow('表头信息', 'section'),
    textLine('表号', formNumber),
    textLine('制定机关', issuingBody),
    textLine('批准（备案）文号', approvalNumber),
    line('有效期至', validUntil === null ? missing : number(daySerial(validUntil), 'date')),
  ];
}

function surveyRows(input: ReportInput): readonly SheetRow[] {
  const { results, survey, plan, instrument } = input;
  const unitCount = survey.settings.unitCodes.length;
  return [
    fullRow('调查与规划', 'section'),
    textLine('调查项目', results.surveyName),
    textLine('调查地区', regionName(input, results.headline.regionCode)),
    textLine('调查年份', `${results.year} 年`),
    textLine('统计单元', unitCount === 0 ? '' : `${unitCount} 个${unitWord(input)}`),
    textLine('样本性质', basisLabels[results.basis]),
    textLine('规划', plan.title),
    textLine('发文机关', plan.issuer ?? ''),
    textLine('规划文号', plan.documentNumber ?? ''),
    textLine('规划状态', planStatus[plan.status]),
    textLine('测评口径', `${instrument.title}（第 ${results.instrumentVersion} 版）`),
    textLine('口径说明', instrument.localInstrumentNote),
    textLine('题库', input.bankTitle),
  ];
}

function provenanceRows({ results, generatedAt }: ReportInput): readonly SheetRow[] {
  return [
    fullRow('数据与生成', 'section'),
    textLine('数据性质', results.isDemo ? '演示数据（由程序生成，不是真实调查结果）' : '调查数据'),
    textLine('数据指纹', results.dataFingerprint),
    textLine('计算时间', beijingTime(results.computedAt)),
    textLine('报告生成时间', beijingTime(generatedAt)),
    textLine('软件', `知衡 ${results.applicationVersion}`),
  ];
}

export function coverSheet(input: ReportInput, contents: readonly ContentsLine[]): SheetModel {
  const { literate } = input.results.headline;
  const count = isShown(literate) ? `样本量 n=${formatCount(literate.respondentCount)}。` : '';
  return framed(input, {
    id: 'cover',
    name: '封面',
    title: `${regionName(input, input.results.headline.regionCode)}公民科学素质调查报告`,
    columns: [
      { header: '项目', width: 20, format: 'text', align: 'left', role: 'label' },
      { header: '内容', width: 68, format: 'text', align: 'left', role: 'detail' },
    ],
    headerRows: [],
    rows: [
      fullRow(`${headlineText(input)}${count}`, 'lead'),
      ...headRows(input),
      ...surveyRows(input),
      ...provenanceRows(input),
      fullRow('目录', 'section'),
      ...contents.map(({ name, purpose }) => textLine(name, purpose)),
    ],
    notes: [],
    print: { orientation: 'portrait', repeatHeader: false },
  });
}
