import { describe, expect, it } from 'vitest';
import { clauseAt, locateEvidence } from '@shared/domain/planText';

const text = [
  '某市实施方案',
  '1. 目录里的数字不是条款',
  '一、前言',
  '比例达16.7%。',
  '三、提升行动',
  '　　（一）青少年行动',
  '1. 校内。每年培训200人。',
  '　　2．校外。每年培训200人。',
  '16.5米长的展线不是第16条。',
  '(二)农民行动',
  '每年培训200人。',
].join('\n');

describe('the clause of a passage', () => {
  it.each([
    ['某市实施方案', ''],
    ['目录里', ''],
    ['比例达', '一'],
    ['提升行动', '三'],
    ['青少年行动', '三(一)'],
    ['校内', '三(一)1'],
    ['校外', '三(一)2'],
    ['展线', '三(一)2'],
    ['农民行动', '三(二)'],
  ])('at %s is "%s"', (passage, clause) => {
    expect(clauseAt(text, text.indexOf(passage))).toBe(clause);
  });
});

describe('locating evidence', () => {
  it('finds the occurrence inside the clause, not the first one of the text', () => {
    const span = locateEvidence(text, { clause: '三(二)', quotation: '每年培训200人' });
    expect(span?.start).toBe(text.lastIndexOf('每年培训200人'));
    expect(span === null ? '' : text.slice(span.start, span.end)).toBe('每年培训200人');
  });

  it('finds nothing in a clause that does not say it, nor without a quotation', () => {
    expect(locateEvidence(text, { clause: '一', quotation: '每年培训200人' })).toBeNull();
    expect(locateEvidence(text, { clause: '一', quotation: null })).toBeNull();
  });
});
