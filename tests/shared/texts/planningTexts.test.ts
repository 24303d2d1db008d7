/** The plan as a file: the same numbers as the engine's, in natural units, with what they rest on. */
import { describe, expect, it } from 'vitest';
import { planSample, type SamplePlanQuestion } from '@shared/estimation/samplePlan';
import { planWarnings, samplePlanSheets } from '@shared/texts/planningTexts';

const question: SamplePlanQuestion = {
  districts: [
    { id: 'A', populationCount: 900_000, share: null },
    { id: 'B', populationCount: 10_000, share: 0.1 },
  ],
  total: 1100,
  rule: 'proportional',
  exponent: 0.5,
  minimumPerDistrict: 50,
  share: 0.18,
  target: 0.15,
  margin: 0.03,
  change: 0.03,
  significanceLevel: 0.05,
  power: 0.8,
  confidenceLevel: 0.95,
  respondentsPerPsu: 10,
  intraclassCorrelation: 0.05,
  weightVariation: 0,
  responseRate: 0.7,
  costPerPsu: 1000,
  costPerRespondent: 100,
};
const found = planSample(question);
if (!found.ok) throw new Error(found.failure.code);
const plan = found.value;

describe('the sheets of a sample plan', () => {
  const [table, basis] = samplePlanSheets({ title: '苏州市', names: { A: '甲区' }, question, plan });

  it('name every district, end with the whole and leave blank what cannot be', () => {
    expect(table?.rows.map((row) => row[0])).toEqual(['地区', '甲区', 'B', '合计']);
    const column = (header: string): number => table?.rows[0]?.indexOf(header) ?? -1;
    expect(table?.rows[2]?.[column('完成份数')]).toBe(50);
    expect(table?.rows[2]?.[column('证实达标需要')]).toBeNull();
    // 18 % against 15 % with Kish's 1.45: 1.45 x 921.4675951862 (case P16) = 1336.1, rounded up.
    expect(table?.rows[1]?.[column('证实达标需要')]).toBe(1337);
  });

  it('carry assumptions and warnings', () => {
    const text = basis?.rows.flat().join('\n') ?? '';
    expect(text).toContain('地区内预计设计效应 1.45');
    expect(text).toContain('每个地区至少 50 份');
    expect(text).toContain('村居少于 10 个，误差估计不稳，不宜单独公布：B。');
  });

  it('warn of districts that cannot be confirmed, whatever is done', () => {
    const warnings = planWarnings(plan, (id) => id);
    expect(warnings.some((line) => line.includes('1 个地区即使真实比例如设想'))).toBe(true);
    expect(warnings.some((line) => line.includes('1 个地区设想的比例不高于目标'))).toBe(true);
  });
});
