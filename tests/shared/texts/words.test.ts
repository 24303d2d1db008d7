import { describe, expect, it } from 'vitest';
import type { Figure } from '@shared/results/surveyResults';
import { sourceConfidenceText } from '@shared/texts/labels';
import { hasSmallCount, respondentCountText } from '@shared/texts/smallCounts';
import { unitWordOf } from '@shared/texts/unitWord';
import { notSurveyedFigure, shareFigure } from '../../support/resultsFixture';

const withheld = (respondentCount: number | null): Figure => ({
  state: 'suppressed',
  reasons: ['fewRespondents'],
  respondentCount,
});

describe('the word for statistical units', () => {
  it('is 镇街 for nine-digit codes only', () => {
    expect(unitWordOf(['320583100', '320583101'])).toBe('镇街');
    expect(unitWordOf(['320505', '320506'])).toBe('区县');
    expect(unitWordOf(['320505', '320583100'])).toBe('区县');
    expect(unitWordOf([])).toBe('区县');
  });
});

describe('the printed number of respondents', () => {
  it('is <10 for a small withheld cell and exact from ten', () => {
    expect(respondentCountText(withheld(9))).toBe('<10');
    expect(respondentCountText(withheld(10))).toBe('10');
    expect(hasSmallCount(withheld(10))).toBe(false);
  });

  it('is ※ when even the count is withheld, — without answers, exact for a shown figure', () => {
    expect(respondentCountText(withheld(null))).toBe('※');
    expect(respondentCountText(notSurveyedFigure)).toBe('—');
    expect(respondentCountText(shareFigure({ estimate: 0.2, n: 1200 }))).toBe('1,200');
  });
});

describe('the confidence in a published figure', () => {
  it('is said in the same words everywhere', () => {
    expect(sourceConfidenceText('A')).toBe('A 官方或全国性媒体发布');
    expect(sourceConfidenceText('B')).toBe('B 仅一处二手来源');
    expect(sourceConfidenceText('C')).toBe('C 由其他公布数推算');
    expect(sourceConfidenceText('own')).toBe('本次调查');
  });
});
