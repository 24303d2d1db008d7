import { beforeAll, describe, expect, it } from 'vitest';
import { sheetBuilders } from '@shared/reports/registry';
import type { ReportInput } from '@shared/reports/reportInput';
import { reportFixture } from '../../support/reportFixture';

const textsOf = (input: ReportInput, id: 'trend' | 'method'): readonly string[] =>
  sheetBuilders[id](input).rows.flatMap((row) =>
    row.cells.flatMap((cell) => (cell.kind === 'text' ? [cell.text] : [])),
  );

describe('the trend sheet', () => {
  let input: ReportInput;
  beforeAll(() => {
    input = reportFixture();
  });

  it('says why nothing is judged in the target year, and before it what the year asks for on both paths', () => {
    const { progress } = input.results;
    const texts = textsOf(input, 'trend');
    expect(texts).toContain(`到 ${progress.targetYear} 年目标的进度：苏州市`);
    expect(texts.some((text) => text.includes('不再判断进度'))).toBe(true);
    expect(texts.some((text) => text.includes('应达到'))).toBe(false);
    const before = { ...input, results: { ...input.results, year: 2023 } };
    const [city] = progress.regions;
    expect(textsOf(before, 'trend').filter((text) => text.includes('2023 年应达到')).length).toBe(
      city?.paths.length,
    );
  });

  it('prints the change since an earlier survey with its interval, or the refusal', () => {
    const change = {
      surveyId: 's',
      surveyName: '2020 年调查',
      year: 2020,
      basis: 'modelBased' as const,
      linkingError: 0.01,
      refusal: null,
      rows: [
        {
          regionCode: '320500',
          earlier: 0.167,
          later: 0.2,
          difference: 0.033,
          standardError: 0.02,
          lower: -0.006,
          upper: 0.072,
          level: 0.95,
          pValue: 0.1,
          degreesOfFreedom: null,
          smallestDetectable: 0.056,
        },
      ],
    };
    const withChange = { ...input, results: { ...input.results, change } };
    expect(textsOf(withChange, 'trend')).toContain(
      '苏州市：与《2020 年调查》（2020 年）相比，模型估计的比例变化 +3.3 个百分点（95% 区间 −0.6 至 +7.2，已计入链接误差 1.0 个百分点）：看不出变化。',
    );
    const refused = { ...change, refusal: 'instrumentsDiffer' as const, rows: [] };
    expect(textsOf({ ...input, results: { ...input.results, change: refused } }, 'trend').at(-1)).toContain(
      '测评口径不同',
    );
  });
});

describe('the method sheet', () => {
  it('lists other weightings of a non-probability sample without ever saying 置信区间', () => {
    const texts = textsOf(reportFixture({ basis: 'nonprobability', planId: 'huaiyin' }), 'method');
    expect(texts.some((text) => text.startsWith('不加权（每份答卷同样计）：'))).toBe(true);
    expect(texts.some((text) => text.startsWith('校准时不用“'))).toBe(true);
    expect(texts.some((text) => text.startsWith('临界情形'))).toBe(true);
    expect(texts.join('')).not.toContain('置信区间');
  });

  it('says nothing of the kind of a probability sample', () => {
    expect(textsOf(reportFixture(), 'method').join('')).not.toContain('不加权（');
  });
});
