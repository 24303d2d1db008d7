/**
 * Flags F1-F11 of item analysis with the action each asks for (question-bank-spec §3.6). A flag says by which rule, value
 * and threshold it was raised; evidence that was not computed raises nothing.
 */
import type { EtsClass } from './dif/mantelHaenszel';
import { flagThresholds, type ItemFlag, type ItemFlagRule } from './flagRules';
import type { OptionStatistics } from './options';

export interface DifEvidence {
  /** E.g. sex, age, urban, education, mode. */
  readonly variable: string;
  readonly etsClass: EtsClass;
  readonly delta: number;
}

/** The item in one earlier survey and now. */
export interface WaveEvidence {
  /** Names the earlier survey. */
  readonly label: string;
  /** Robust z of the item's shift on the linked scale; null without a link. */
  readonly robustZ: number | null;
  /** p now minus then; null where the two surveys ask different populations. */
  readonly shareGain: number | null;
  /** Linked difficulty now minus then; null without a link. */
  readonly difficultyShift: number | null;
  /** Median seconds now below those then; false where either is unknown. */
  readonly isFaster: boolean;
}

/** Everything known of one item; absent evidence is not judged. */
export interface ItemEvidence {
  readonly difficulty?: number | undefined;
  readonly guessingProbability?: number | undefined;
  readonly itemRestCorrelation?: number | null | undefined;
  readonly options?: readonly OptionStatistics[] | undefined;
  readonly dif?: readonly DifEvidence[] | undefined;
  /** Rasch infit mean square. */
  readonly infit?: number | undefined;
  readonly summedScoreFit?: { readonly pValue: number; readonly rmsea: number } | null | undefined;
  /** Pairs of this item with their Q3*. */
  readonly dependence?: readonly { readonly other: string; readonly q3Star: number }[] | undefined;
  readonly time?: { readonly medianSeconds: number; readonly plannedSeconds: number } | undefined;
  readonly waves?: readonly WaveEvidence[] | undefined;
}

const limits = flagThresholds;

function difficultyFlags({ difficulty, guessingProbability = 0 }: ItemEvidence): ItemFlag[] {
  if (difficulty === undefined) return [];
  const flag = (rule: ItemFlagRule, threshold: number): ItemFlag[] => [
    { code: 'F1', rule, severity: 'review', value: difficulty, threshold, action: 'reviewDifficulty' },
  ];
  const chance = guessingProbability + limits.aboveChance;
  if (difficulty < limits.hardest) return flag('tooHard', limits.hardest);
  if (difficulty > limits.easiest) return flag('tooEasy', limits.easiest);
  return guessingProbability > 0 && difficulty < chance ? flag('nearChance', chance) : [];
}

function discriminationFlags({ itemRestCorrelation: value }: ItemEvidence): ItemFlag[] {
  if (value === undefined || value === null || value >= limits.modestDiscrimination) return [];
  if (value < 0)
    return [
      {
        code: 'F2',
        rule: 'negativeDiscrimination',
        severity: 'stop',
        value,
        threshold: 0,
        action: 'stopUse',
      },
    ];
  const isLow = value < limits.lowDiscrimination;
  return [
    {
      code: 'F2',
      rule: isLow ? 'lowDiscrimination' : 'modestDiscrimination',
      severity: isLow ? 'review' : 'watch',
      value,
      threshold: isLow ? limits.lowDiscrimination : limits.modestDiscrimination,
      action: 'repairOrRetire',
    },
  ];
}

function distractorFlags({ options = [] }: ItemEvidence): ItemFlag[] {
  const key = options.find(({ role }) => role === 'key');
  return options
    .filter(({ role }) => role === 'distractor')
    .flatMap(({ code: subject, topShare, share, pointBiserial }): ItemFlag[] => [
      ...(key !== undefined && topShare > key.topShare
        ? [
            {
              code: 'F3',
              rule: 'distractorAboveKey',
              severity: 'stop',
              value: topShare,
              threshold: key.topShare,
              action: 'checkKey',
              subject,
            } as const,
          ]
        : []),
      ...(share < limits.deadDistractor
        ? [
            {
              code: 'F4',
              rule: 'deadDistractor',
              severity: 'review',
              value: share,
              threshold: limits.deadDistractor,
              action: 'rewriteDistractor',
              subject,
            } as const,
          ]
        : []),
      ...(pointBiserial !== null && pointBiserial > 0
        ? [
            {
              code: 'F5',
              rule: 'distractorAttractsAble',
              severity: 'review',
              value: pointBiserial,
              threshold: 0,
              action: 'checkAmbiguity',
              subject,
            } as const,
          ]
        : []),
    ]);
}

function missingFlags({ options = [] }: ItemEvidence): ItemFlag[] {
  const rules = [
    { role: 'dontKnow', rule: 'manyDontKnow', threshold: limits.dontKnow },
    { role: 'blank', rule: 'manyBlank', threshold: limits.blank },
  ] as const;
  return rules.flatMap(({ role, rule, threshold }): ItemFlag[] => {
    const value = options.find((option) => option.role === role)?.share ?? 0;
    return value > threshold
      ? [{ code: 'F6', rule, severity: 'review', value, threshold, action: 'reviseWording' }]
      : [];
  });
}

const difFlags = ({ dif = [] }: ItemEvidence): ItemFlag[] =>
  dif
    .filter(({ etsClass }) => etsClass !== 'A')
    .map(({ variable, etsClass, delta }) => ({
      code: 'F7',
      rule: 'differentialFunctioning',
      severity: etsClass === 'C' ? 'review' : 'watch',
      value: delta,
      threshold: etsClass === 'C' ? limits.deltaC : limits.deltaB,
      action: 'convenePanel',
      subject: variable,
    }));

function fitFlags({ infit, summedScoreFit }: ItemEvidence): ItemFlag[] {
  const flags: ItemFlag[] = [];
  const review = { code: 'F8', severity: 'review', action: 'reviewFit' } as const;
  if (infit !== undefined && infit < limits.infitLow)
    flags.push({ ...review, rule: 'infit', value: infit, threshold: limits.infitLow });
  if (infit !== undefined && infit > limits.infitHigh)
    flags.push({ ...review, rule: 'infit', value: infit, threshold: limits.infitHigh });
  if (summedScoreFit && summedScoreFit.pValue < limits.fitPValue && summedScoreFit.rmsea > limits.fitRmsea)
    flags.push({
      ...review,
      rule: 'summedScoreMisfit',
      value: summedScoreFit.rmsea,
      threshold: limits.fitRmsea,
    });
  return flags;
}

const dependenceFlags = ({ dependence = [] }: ItemEvidence): ItemFlag[] =>
  dependence
    .filter(({ q3Star }) => q3Star > limits.q3Star)
    .map(({ other, q3Star }) => ({
      code: 'F9',
      rule: 'localDependence',
      severity: 'review',
      value: q3Star,
      threshold: limits.q3Star,
      action: 'makeTestletOrEnemy',
      subject: other,
    }));

function timeFlags({ time }: ItemEvidence): ItemFlag[] {
  if (time === undefined) return [];
  const { medianSeconds: value, plannedSeconds } = time;
  const review = { code: 'F10', severity: 'review', value, action: 'checkLeakOrConfusion' } as const;
  if (value < limits.fewestSeconds) return [{ ...review, rule: 'tooFast', threshold: limits.fewestSeconds }];
  const most = limits.timesPlanned * plannedSeconds;
  return value > most ? [{ ...review, rule: 'tooSlow', threshold: most }] : [];
}

function driftFlags({ waves = [] }: ItemEvidence): ItemFlag[] {
  return waves.flatMap(({ label, robustZ }) =>
    robustZ === null || Math.abs(robustZ) <= limits.drift
      ? []
      : [
          {
            code: 'F11',
            rule: 'drift',
            severity: 'review',
            value: robustZ,
            threshold: limits.drift,
            action: 'reviewAnchor',
            subject: label,
          },
        ],
  );
}

/** Easier and answered faster than before: probably known beforehand (question-bank-spec §3.5). */
export function leakRuleOf({ shareGain, difficultyShift, isFaster }: WaveEvidence): ItemFlagRule | null {
  if (!isFaster) return null;
  if (shareGain !== null && shareGain > limits.leakShareGain) return 'leakByShare';
  return difficultyShift !== null && difficultyShift < -limits.leakDifficultyLoss ? 'leakByDifficulty' : null;
}

function leakFlags({ waves = [] }: ItemEvidence): ItemFlag[] {
  return waves.flatMap((wave) => {
    const rule = leakRuleOf(wave);
    if (rule === null) return [];
    const isByShare = rule === 'leakByShare';
    return [
      {
        code: 'F11',
        rule,
        severity: 'stop',
        value: (isByShare ? wave.shareGain : wave.difficultyShift) ?? NaN,
        threshold: isByShare ? limits.leakShareGain : -limits.leakDifficultyLoss,
        action: 'holdItem',
        subject: wave.label,
      },
    ];
  });
}

const judges = [
  difficultyFlags,
  discriminationFlags,
  distractorFlags,
  missingFlags,
  difFlags,
  fitFlags,
  dependenceFlags,
  timeFlags,
  driftFlags,
  leakFlags,
] as const;

/** Flags of one item in the order F1..F11. */
export const itemFlags = (evidence: ItemEvidence): readonly ItemFlag[] =>
  judges.flatMap((judge) => judge(evidence));
