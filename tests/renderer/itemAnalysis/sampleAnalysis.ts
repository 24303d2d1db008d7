/** An analysed survey of two items: one sound, one with a dead distractor and DIF. */
import { itemAnalysisResults } from '@shared/results/itemAnalysisResults';

const option = (code: string, role: string, share: number, curve: readonly number[]) => ({
  code,
  text: `选项${code}的文字`,
  role,
  share,
  topShare: curve[4] ?? 0,
  bottomShare: curve[0] ?? 0,
  pointBiserial: 0.3,
  curve,
});

const sound = {
  itemId: 'K-01-ME-001',
  position: 1,
  stem: '地球绕着太阳转一圈需要一年。',
  difficulty: 0.625,
  difficultyError: 0.021,
  itemRestCorrelation: 0.41,
  optionBasis: 'choices',
  options: [
    option('A', 'key', 0.625, [0.2, 0.4, 0.6, 0.9, 1]),
    option('B', 'distractor', 0.255, [0.5, 0.4, 0.3, 0.1, 0]),
    { ...option('dontKnow', 'dontKnow', 0.12, [0.3, 0.2, 0.1, 0, 0]), text: '不知道' },
  ],
  dontKnow: 0.12,
  blank: 0,
  missingRates: [{ label: '女', respondentCount: 300, dontKnow: 0.14, blank: 0 }],
  medianSeconds: 12.5,
  timedCount: 600,
  infit: 0.98,
  outfit: 1.02,
  dif: [],
  flags: [],
};

const flawed = {
  ...sound,
  itemId: 'K-02-LH-001',
  position: 2,
  stem: '下列哪一种说法是对的？',
  optionBasis: 'scoredBefore',
  medianSeconds: null,
  timedCount: 0,
  dif: [
    {
      label: '性别: 女 / 男',
      referenceCount: 310,
      focalCount: 290,
      delta: -1.72,
      etsClass: 'C',
      rSquaredGain: 0.041,
      effectClass: 'B',
    },
  ],
  flags: [
    {
      code: 'F4',
      rule: 'deadDistractor',
      severity: 'review',
      value: 0.02,
      threshold: 0.05,
      action: 'rewriteDistractor',
      subject: 'C',
    },
    {
      code: 'F7',
      rule: 'differentialFunctioning',
      severity: 'review',
      value: -1.72,
      threshold: 1.5,
      action: 'convenePanel',
      subject: '性别: 女 / 男',
    },
  ],
};

export const analysis = itemAnalysisResults.parse({
  state: 'analysed',
  computedAt: '2025-10-01T00:00:00.000Z',
  dataFingerprint: 'f',
  respondentCount: 600,
  test: {
    itemCount: 2,
    mean: 1.2,
    standardDeviation: 0.8,
    alpha: 0.84,
    standardErrorOfMeasurement: 0.32,
    model: '2PL',
    meanQ3: -0.02,
  },
  withoutVariation: [],
  dependentPairs: [{ first: 'K-01-ME-001', second: 'K-02-LH-001', q3: 0.31, q3Star: 0.33 }],
  smallDifGroups: ['城乡: 农村 / 城镇'],
  items: [sound, flawed],
});
