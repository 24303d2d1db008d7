/**
 * Names, thresholds and actions of the flags F1-F11 (question-bank-spec §3.6) and of the leak watch (§3.5); the judges are
 * in `itemFlags.ts`.
 */
import { driftLimit } from './linking/drift';

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
  'leakByShare',
  'leakByDifficulty',
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
  'holdItem',
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
  leakShareGain: 0.1,
  leakDifficultyLoss: 0.5,
} as const;
