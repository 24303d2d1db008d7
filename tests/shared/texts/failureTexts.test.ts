import { describe, expect, test } from 'vitest';
import { failureCodes } from '@shared/domain/failure';
import { failureText, failureTexts } from '@shared/texts/failureTexts';

describe('the sentence of a failure', () => {
  test.each(failureCodes)('%s has a Chinese sentence without leftover marks or identifiers', (code) => {
    const text = failureText({ code, params: {} });
    expect(text).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(text).not.toMatch(/[{}]/);
    const words = failureTexts[code].replaceAll(/\{\w+\}/g, '').match(/[A-Za-z]{2,}/g) ?? [];
    // Words of the analysis specification are what its author has to write.
    const fields = [
      'files',
      'REFERENCE',
      'md',
      'variance',
      'method',
      'modelBootstrap',
      'zhiheng',
      'estimate',
    ];
    const allowed = ['Excel', 'MB', 'xlsx', 'csv', 'keys', ...(code.startsWith('SPEC_') ? fields : [])];
    for (const word of words) expect(allowed).toContain(word);
  });

  test('names variables and categories as people do', () => {
    expect(
      failureText({
        code: 'MARGIN_CATEGORY_MISSING',
        params: { variable: 'sex x ageBand', category: 'male x 18-29' },
      }),
    ).toContain('“男×18–29岁”（性别×年龄段）');
    expect(
      failureText({ code: 'DESIGN_VARIABLE_MISSING', params: { variable: 'populationPsuCount' } }),
    ).toContain('“层内初级单元总数”');
  });

  test('tells Beijing time and hides paths of the contract', () => {
    expect(
      failureText({ code: 'IMPORT_ALREADY_DONE', params: { importedAt: '2026-08-01T02:03:04.000Z' } }),
    ).toContain('2026/8/1 10:03:04');
    expect(failureText({ code: 'INVALID_INPUT', params: { field: 'settings.unitCodes' } })).toBe(
      '提交的内容不符合要求，没有保存。请检查后重试。',
    );
  });
});
