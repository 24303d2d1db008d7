import { beforeAll, describe, expect, it } from 'vitest';
import { buildReport, reportMeta } from '@shared/reports/registry';
import type { ReportInput } from '@shared/reports/reportInput';
import { sheetIds } from '@shared/reports/sheetList';
import type { SheetCell, SheetModel, SheetRow } from '@shared/reports/sheetModel';
import { isFullWidth } from '@shared/reports/sheetModel';
import { beijingTime, daySerial } from '@shared/reports/wording';
import { reportFixture } from '../../support/reportFixture';

const fixtures = {
  probability: reportFixture(),
  demo: reportFixture({ isDemo: true }),
  nonprobability: reportFixture({ basis: 'nonprobability', planId: 'huaiyin' }),
};
const reports: Record<string, readonly SheetModel[]> = {};
beforeAll(() => {
  for (const [name, input] of Object.entries(fixtures)) reports[name] = buildReport(input);
});

const report = (name: keyof typeof fixtures): readonly SheetModel[] => reports[name] ?? [];
function sheetOf(models: readonly SheetModel[], id: string): SheetModel {
  const found = models.find((model) => model.id === id);
  if (found === undefined) throw new Error(`no sheet ${id}`);
  return found;
}
const textOf = (cell: SheetCell | undefined): string => (cell?.kind === 'text' ? cell.text : '');
function rowOf(model: SheetModel, label: string): SheetRow {
  const found = model.rows.find((row) => textOf(row.cells[0]) === label);
  if (found === undefined) throw new Error(`no row ${label} on ${model.name}`);
  return found;
}
const textsOf = (model: SheetModel): readonly string[] => [
  model.title,
  model.banner ?? '',
  ...model.subtitles,
  ...model.columns.map((column) => column.header),
  ...model.headerRows.flat().map((cell) => cell.text ?? ''),
  ...model.rows.flatMap((row) => row.cells.map(textOf)),
  ...model.notes,
  model.chart?.title ?? '',
];

function numbersIn(value: unknown, found: Set<number> = new Set()): Set<number> {
  if (typeof value === 'number') found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) numbersIn(inner, found);
  return found;
}

describe('The report', () => {
  it('gives an evaluator thirteen sheets and a statistician five more, the cover first', () => {
    const evaluator = buildReport({ ...fixtures.probability, audience: 'evaluator' });
    expect(evaluator.map((model) => model.name)).toEqual([
      '封面',
      '方法说明',
      '总体结果',
      '分区县',
      '区县比较检验',
      '分人群',
      '差距指标',
      '区县×人群',
      '小域估计',
      '模型估计',
      '回收情况',
      '趋势',
      '数据字典',
    ]);
    const statistician = report('probability').map((model) => model.name);
    expect(statistician.slice(13)).toEqual([
      '权数与设计',
      '误差与设计效应',
      '试题分析',
      '试题选项',
      '试题与以往比较',
    ]);
    expect(report('probability').map((model) => model.id)).toEqual(['cover', ...sheetIds]);
    expect(statistician.every((name) => name.length <= 31)).toBe(true);
  });

  it('prints no number that is not in the results, the survey or the instrument', () => {
    for (const [name, input] of Object.entries(fixtures)) {
      const known = numbersIn([input.results, input.survey, input.instrument, input.itemAnalysis]);
      known.add(daySerial('2026-12-31'));
      for (const model of report(name as keyof typeof fixtures))
        for (const cell of model.rows.flatMap((row) => row.cells))
          if (cell.kind === 'number') expect(known.has(cell.value), `${model.name} ${cell.value}`).toBe(true);
    }
  });

  it('never prints an estimate without its n and both interval limits in the same row', () => {
    let estimates = 0;
    for (const model of Object.values(reports).flat())
      for (const { cells, style } of model.rows.filter((row) => !isFullWidth(row.style))) {
        const roles = model.columns.map((column) => column.role);
        if (style === 'head' || !roles.includes('estimate')) continue;
        const numeric = (role: string): boolean =>
          roles.some((each, index) => each === role && cells[index]?.kind === 'number');
        if (!numeric('estimate')) continue;
        estimates += 1;
        for (const role of ['count', 'lower', 'upper'])
          expect(numeric(role), `${model.name}: ${textOf(cells[0])} has no ${role}`).toBe(true);
      }
    expect(estimates).toBeGreaterThan(300);
  });

  it('gives percent formats to estimates, targets, limits, error measures and case rates only', () => {
    for (const model of Object.values(reports).flat())
      for (const column of model.columns.filter((each) => each.format.startsWith('share')))
        expect(['estimate', 'lower', 'upper', 'detail', 'target', 'caseRate']).toContain(column.role);
  });

  it('withholds a figure whose interval could not be computed', () => {
    const input: ReportInput = structuredClone(fixtures.probability);
    const { literate } = input.results.headline;
    if (literate.state !== 'shown') throw new Error('the headline is shown');
    literate.interval = null;
    const total = sheetOf(buildReport(input), 'units').rows[0];
    expect(total?.cells[1]).toEqual({ kind: 'number', value: literate.respondentCount });
    expect(total?.cells.slice(3, 6).map((cell) => cell.kind)).toEqual(['missing', 'missing', 'missing']);
  });

  it('marks hidden units ※, unsurveyed ones 未调查, and explains both below the table', () => {
    const units = sheetOf(report('probability'), 'units');
    const estimate = units.columns.findIndex((column) => column.role === 'estimate');
    expect(rowOf(units, '虎丘区').cells[estimate]).toEqual({ kind: 'suppressed' });
    expect(rowOf(units, '太仓市').cells[estimate]).toEqual({ kind: 'notSurveyed' });
    expect(units.notes.join('')).toContain('※ 不予公布：答卷少于 30 份或初级单元少于 3 个');
    expect(units.notes.join('')).toContain('未调查：');
  });

  it('prints no size of hidden cells of the crossing, and of hidden units and groups none below ten', () => {
    const model = report('probability');
    const hidden = sheetOf(model, 'cross').rows.filter((row) => row.cells[5]?.kind === 'suppressed');
    expect(hidden.length).toBeGreaterThan(0);
    for (const { cells } of hidden) expect(cells[3]?.kind).toBe('suppressed');
    for (const sheet of ['units', 'groups'])
      for (const { cells } of sheetOf(model, sheet).rows.filter((row) => row.cells[3]?.kind === 'suppressed'))
        if (cells[1]?.kind === 'number') expect(cells[1].value).toBeGreaterThanOrEqual(10);
  });

  it('prints a share with two decimals beside the target it would otherwise seem to meet', () => {
    const input: ReportInput = structuredClone(fixtures.probability);
    const { literate, verdict } = input.results.headline;
    if (literate.state !== 'shown') throw new Error('the headline is shown');
    literate.estimate = verdict.target - 0.0004;
    const total = sheetOf(buildReport(input), 'units').rows[0];
    expect(total?.cells[3]).toMatchObject({ kind: 'number', format: 'share2' });
    expect(sheetOf(report('probability'), 'units').rows[0]?.cells[3]).toMatchObject({ format: 'share1' });
  });

  it('keeps the units in the order of the survey instead of ranking them', () => {
    const units = sheetOf(report('probability'), 'units');
    const { results, regionNames } = fixtures.probability;
    expect(units.rows.slice(1).map((row) => textOf(row.cells[0]))).toEqual(
      results.units.map((unit) => regionNames[unit.regionCode]),
    );
  });
});

describe('Marks and wording', () => {
  it('demo data say so in the title and banner of every sheet, in page header and properties', () => {
    for (const model of report('demo')) {
      expect(model.title, model.name).toContain('【演示数据】');
      expect(model.banner, model.name).toContain('演示数据');
    }
    expect(reportMeta(fixtures.demo).pageHeader.center).toContain('演示数据');
    expect(report('probability').some((model) => textsOf(model).join('').includes('演示数据'))).toBe(false);
  });

  it('a non-probability report never says 置信区间 and judges nothing', () => {
    for (const model of report('nonprobability'))
      expect(textsOf(model).join('\n'), model.name).not.toContain('置信区间');
    const units = sheetOf(report('nonprobability'), 'units');
    const verdict = units.columns.findIndex((column) => column.header === '判定');
    for (const row of units.rows) expect(textOf(row.cells[verdict])).toMatch(/^不可判定/);
    expect(textsOf(units).join('')).toContain('95% 模型区间');
  });

  it('a probability report names the interval and the four verdicts on the method page', () => {
    const method = textsOf(sheetOf(report('probability'), 'method')).join('\n');
    for (const word of [
      '95% 置信区间',
      '已达到',
      '点估计达到，但证据不足',
      '点估计未达到，但证据不足',
      '未达到',
    ])
      expect(method).toContain(word);
    expect(method).toContain('校准前');
    expect(method).toContain('测试用总体数据（虚构）');
  });

  it('a survey of townships speaks of 镇街 on every sheet', () => {
    const input: ReportInput = structuredClone(fixtures.probability);
    input.survey.settings.unitCodes = ['320583100', '320583101'];
    const words = buildReport({ ...input, codebook: [] })
      .flatMap(textsOf)
      .join('');
    expect(words).toContain('分镇街');
    expect(words).not.toContain('区县');
  });

  it('says of a non-probability share only what it is, without a reading against the target', () => {
    const overall = textsOf(sheetOf(report('nonprobability'), 'overall')).join('');
    expect(overall).not.toContain('仅就点估计');
    expect(overall).toContain('不可判定');
  });

  it('a draft plan is called 征求意见稿 on the cover, the method page and beside the target', () => {
    for (const id of ['cover', 'method', 'units'])
      expect(textsOf(sheetOf(report('nonprobability'), id)).join(''), id).toContain('征求意见稿');
  });

  it('the trend breaks between regimes and leaves published figures without an invented interval', () => {
    const trend = sheetOf(report('probability'), 'trend');
    const own = trend.rows.findIndex((row) => row.style === 'total');
    expect(trend.rows[own - 1]?.style).toBe('break');
    expect(textOf(trend.rows[own - 2]?.cells[4])).toBe('未公布');
  });

  it('the cover carries the statutory head, the fingerprint and the list of sheets', () => {
    const cover = textsOf(sheetOf(report('probability'), 'cover'));
    for (const word of [
      '表号',
      '制定机关',
      '批准（备案）文号',
      '有效期至',
      '苏科协调〔2025〕1号表',
      '苏府〔2022〕16号',
    ])
      expect(cover).toContain(word);
    expect(cover).toContain(fixtures.probability.results.dataFingerprint);
    expect(cover).toContain('误差与设计效应');
  });

  it('key groups are printed with their definitions and a warning that they overlap', () => {
    const notes = sheetOf(report('probability'), 'groups').notes.join('\n');
    expect(notes).toContain('不能相加');
    expect(notes).toContain(fixtures.probability.keyGroupDefinitions.groups[1]?.definition ?? '?');
  });

  it('times are printed for Beijing and dates as day numbers', () => {
    expect(beijingTime('2025-06-30T20:05:00.000Z')).toBe('2025-07-01 04:05（北京时间）');
    // 1900-01-01 is day 1 and the spreadsheet calendar counts a 29 February 1900: 2000-01-01 is day 36526.
    expect(daySerial('2000-01-01')).toBe(36_526);
  });
});
