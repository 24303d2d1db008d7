import { describe, expect, it } from 'vitest';
import { itemFlags, type ItemEvidence, type WaveEvidence } from '@shared/psychometrics/itemFlags';
import { optionStatistics } from '@shared/psychometrics/options';

const codes = (evidence: ItemEvidence): string[] =>
  itemFlags(evidence).map(({ code, rule }) => `${code} ${rule}`);

const wave = (known: Partial<WaveEvidence>): WaveEvidence => ({
  label: '2024 年调查',
  robustZ: null,
  shareGain: null,
  difficultyShift: null,
  isFaster: false,
  ...known,
});

describe('item flags', () => {
  it('stay silent without evidence and for an ordinary item', () => {
    expect(codes({})).toEqual([]);
    expect(
      codes({ difficulty: 0.55, itemRestCorrelation: 0.35, infit: 1.02, guessingProbability: 0.25 }),
    ).toEqual([]);
  });

  it.each([
    [{ difficulty: 0.09 }, 'F1 tooHard'],
    [{ difficulty: 0.96 }, 'F1 tooEasy'],
    [{ difficulty: 0.29, guessingProbability: 0.25 }, 'F1 nearChance'],
    [{ itemRestCorrelation: -0.01 }, 'F2 negativeDiscrimination'],
    [{ itemRestCorrelation: 0.14 }, 'F2 lowDiscrimination'],
    [{ itemRestCorrelation: 0.19 }, 'F2 modestDiscrimination'],
    [{ dif: [{ variable: '性别', etsClass: 'C', delta: -1.8 }] }, 'F7 differentialFunctioning'],
    [{ infit: 0.69 }, 'F8 infit'],
    [{ infit: 1.31 }, 'F8 infit'],
    [{ summedScoreFit: { pValue: 0.005, rmsea: 0.06 } }, 'F8 summedScoreMisfit'],
    [{ dependence: [{ other: 'X', q3Star: 0.21 }] }, 'F9 localDependence'],
    [{ time: { medianSeconds: 3.9, plannedSeconds: 20 } }, 'F10 tooFast'],
    [{ time: { medianSeconds: 61, plannedSeconds: 20 } }, 'F10 tooSlow'],
    [{ waves: [wave({ robustZ: -1.7 })] }, 'F11 drift'],
    [{ waves: [wave({ shareGain: 0.11, isFaster: true })] }, 'F11 leakByShare'],
    [{ waves: [wave({ difficultyShift: -0.51, isFaster: true })] }, 'F11 leakByDifficulty'],
  ] satisfies [ItemEvidence, string][])('of %j is %s', (evidence, expected) => {
    expect(codes(evidence)).toEqual([expected]);
  });

  it('stand at their thresholds, not before', () => {
    expect(codes({ difficulty: 0.1, itemRestCorrelation: 0.2, infit: 1.3 })).toEqual([]);
    expect(
      codes({ waves: [wave({ robustZ: 1.645, shareGain: 0.1, difficultyShift: -0.5, isFaster: true })] }),
    ).toEqual([]);
    expect(codes({ summedScoreFit: { pValue: 0.005, rmsea: 0.05 } })).toEqual([]);
  });

  it('suspect no leak of an item that got easier but takes as long as before', () => {
    expect(codes({ waves: [wave({ shareGain: 0.3, difficultyShift: -1 })] })).toEqual([]);
  });

  it('tell a watched class B from a class C that goes to a panel', () => {
    const severity = (etsClass: 'B' | 'C') =>
      itemFlags({ dif: [{ variable: '城乡', etsClass, delta: 1.6 }] }).map((flag) => [
        flag.severity,
        flag.action,
      ]);
    expect(severity('B')).toEqual([['watch', 'convenePanel']]);
    expect(severity('C')).toEqual([['review', 'convenePanel']]);
  });
});

describe('options', () => {
  // Ten persons in order of ability: the key (0) loses the able to the distractor (1); one does not know (3).
  const statistics = optionStatistics({
    options: [
      { code: 'A', role: 'key' },
      { code: 'B', role: 'distractor' },
      { code: 'C', role: 'distractor' },
      { code: 'DK', role: 'dontKnow' },
    ],
    chosen: Int8Array.from([3, 0, 0, 0, 0, 1, 0, 1, 1, 1, -1]),
    restScores: Int32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]),
    weights: null,
  });

  it('are counted over those who were presented the item', () => {
    expect(statistics.map(({ share }) => share)).toEqual([0.5, 0.4, 0, 0.1]);
    expect(statistics[1]?.topShare).toBe(1);
    expect(statistics[1]?.curve).toEqual([0, 0, 0.5, 0.5, 1]);
    expect(statistics[3]?.meanRestScore).toBe(1);
    expect(statistics[2]?.pointBiserial).toBeNull();
  });

  it('raise key, dead-distractor and ambiguity flags', () => {
    expect(codes({ options: statistics })).toEqual([
      'F3 distractorAboveKey',
      'F5 distractorAttractsAble',
      'F4 deadDistractor',
    ]);
  });
});
