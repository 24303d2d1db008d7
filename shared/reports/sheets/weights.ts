/** 权数与设计, for statisticians: every setting and diagnostic of weights and design as a number in a cell. */
import { basisLabels, designTerms } from '../../texts/labels';
import type { ReportInput } from '../reportInput';
import type { SheetCell, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, missing, number, row, text } from '../sheetModel';
import { framed } from '../wording';
import { marginRows } from './marginRows';

const line = (label: string, value: SheetCell, remark = ''): SheetRow =>
  row([text(label), text(remark), value]);
const term = (code: string): SheetCell => text(designTerms[code] ?? code);

function weightRows({ results }: ReportInput): readonly SheetRow[] {
  const { weighting } = results;
  return [
    line('加权办法', term(weighting.recipe)),
    line('参加计算的答卷', number(weighting.respondentCount, 'count')),
    line('权数合计', number(weighting.weightTotal, 'number3')),
    line('最小权数', number(weighting.minimum, 'number6')),
    line('最大权数', number(weighting.maximum, 'number6')),
    line('Kish 设计效应', number(weighting.kishDesignEffect, 'number6'), '1＋权数变异系数²'),
    line('迭代次数', number(weighting.iterations, 'count')),
    line('最小调整系数', number(weighting.minimumAdjustment, 'number6'), '校准后权数÷基础权数'),
    line('最大调整系数', number(weighting.maximumAdjustment, 'number6'), '校准后权数÷基础权数'),
    line('总体人数来源', weighting.marginSource === null ? missing : text(weighting.marginSource)),
  ];
}

function designRows({ results, survey }: ReportInput): readonly SheetRow[] {
  const { design } = results;
  return [
    line('样本性质', text(basisLabels[results.basis])),
    line('层数', number(design.stratumCount, 'count')),
    line('初级单元数', number(design.psuCount, 'count')),
    line('计算误差的阶段数', number(design.stageCount, 'count')),
    line('设计自由度', number(design.degreesOfFreedom, 'count'), '初级单元数－层数'),
    line('有限总体修正', text(design.finitePopulationCorrection ? '使用' : '不使用')),
    line('单一初级单元层', term(design.singlePsuRule)),
    line('区间水平', number(results.confidenceLevel, 'number3')),
    line('公布下限：答卷', number(survey.settings.disclosure.minimumRespondents, 'count')),
    line('公布下限：初级单元', number(survey.settings.disclosure.minimumPsus, 'count')),
  ];
}

export function weightsSheet(input: ReportInput): SheetModel {
  const wide = { width: 18, format: 'count', align: 'right', role: 'detail' } as const;
  const margins = marginRows(input);
  return framed(input, {
    id: 'weights',
    name: '权数与设计',
    title: '权数与抽样设计',
    columns: [
      { header: '项目', width: 24, format: 'text', align: 'left', role: 'label' },
      { header: '说明', width: 28, format: 'text', align: 'left', role: 'label' },
      { header: '取值', ...wide, width: 32 },
      { header: '总体人数', ...wide },
      { header: '校准后', ...wide },
    ],
    headerRows: [],
    rows: [
      fullRow('一、权数', 'section'),
      ...weightRows(input),
      fullRow('二、设计', 'section'),
      ...designRows(input),
      fullRow('三、校准到总体人数（权数合计）', 'section'),
      ...(margins.length === 0
        ? [fullRow('没有校准。')]
        : [row(['变量', '类别', '校准前', '总体人数', '校准后'].map(text), 'head'), ...margins]),
    ],
    notes: [],
    print: { orientation: 'landscape', repeatHeader: false },
  });
}
