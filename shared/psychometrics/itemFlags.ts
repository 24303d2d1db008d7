/**
 * Flags F1-F11 of item analysis with the action each asks for (question-bank-spec §3.6). A flag says by which rule, value
 * and threshold it was raised; evidence that was not computed raises nothing.
 */
import type { EtsClass } from './dif/mantelHaenszel';
import { driftLimit } from './linking/drift';
import type { OptionStatistics } from './options';

export const itemFlagCodes = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11'] as const;
export type ItemFlagCode = (typeof itemFlagCodes)[number];

export const itemFlagRules = [
  'tooHard',
  'tooEasy',
  'nearChance',
  'negativeDiscrimination',
  'lowDiscrimination',
  'modestDiscrimination',
  'distractorAboveKey',
  'deadDistractor',
  'distractorAttractsAble',
  'manyDontKnow',
  'manyBlank',
  'differentialFunctioning',
  'infit',
  'summedScoreMisfit',
  'localDependence',
  'tooFast',
  'tooSlow',
  'drift',
] as const;
export type ItemFlagRule = (typeof itemFlagRules)[number];

/** watch: keep an eye on it; review: people decide; stop: do not use until repaired. */
export type FlagSeverity = 'watch' | 'review' | 'stop';

export const itemActions = [
  'reviewDifficulty',
  'repairOrRetire',
  'stopUse',
  'checkKey',
  'rewriteDistractor',
  'checkAmbiguity',
  'reviseWording',
  'convenePanel',
  'reviewFit',
  'makeTestletOrEnemy',
  'checkLeakOrConfusion',
  'reviewAnchor',
] as const;
export type ItemAction = (typeof itemActions)[number];

export interface ItemFlag {
  readonly code: ItemFlagCode;
  readonly rule: ItemFlagRule;
  readonly severity: FlagSeverity;
  readonly value: number;
  readonly threshold: number;
  readonly action: ItemAction;
  /** The option, group or other item the flag is about. */
  readonly subject?: string;
}

export interface DifEvidence {
  /** E.g. sex, age, urban, education, mode. */
  readonly variable: string;
  readonly etsClass: EtsClass;
  readonly delta: number;
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
  /** Robust z of an anchor. */
  readonly drift?: number | null | undefined;
}

/** Thresholds of §3.6. */
export const flagThresholds = {
  hardest: 0.1,
  easiest: 0.95,
  aboveChance: 0.05,
  lowDiscrimination: 0.15,
  modestDiscrimination: 0.2,
  deadDistractor: 0.05,
  dontKnow: 0.5,
  blank: 0.05,
  deltaB: 1,
  deltaC: 1.5,
  infitLow: 0.7,
  infitHigh: 1.3,
  fitPValue: 0.01,
  fitRmsea: 0.05,
  q3Star: 0.2,
  fewestSeconds: 4,
  timesPlanned: 3,
  drift: driftLimit,
} as const;

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

function driftFlags({ drift }: ItemEvidence): ItemFlag[] {
  if (drift === undefined || drift === null || Math.abs(drift) <= limits.drift) return [];
  return [
    {
      code: 'F11',
      rule: 'drift',
      severity: 'review',
      value: drift,
      threshold: limits.drift,
      action: 'reviewAnchor',
    },
  ];
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
] as const;

/** Flags of one item in the order F1..F11. */
export const itemFlags = (evidence: ItemEvidence): readonly ItemFlag[] =>
  judges.flatMap((judge) => judge(evidence));
