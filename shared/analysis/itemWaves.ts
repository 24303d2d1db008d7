/**
 * Common items of this survey and of earlier ones: change of the share right between independent samples, drift of the
 * linked difficulty, and the leak watch (question-bank-spec §3.3, §3.5).
 */
import type { Estimate } from '../estimation/estimateRecord';
import { changeBetweenWaves, type WaveChange } from '../estimation/progress';
import { leakRuleOf, type WaveEvidence } from '../psychometrics/itemFlags';
import {
  anchorDrift,
  fewestAnchors,
  linkWithDriftCheck,
  type AnchorDrift,
} from '../psychometrics/linking/drift';
import { mostDroppedOf } from '../psychometrics/linking/linkCalibrations';
import type { AnchorItem } from '../psychometrics/linking/transformation';
import type { AnalysedItems, AnalysedSurveyItem } from '../results/itemAnalysisResults';
import type { ItemWave, ItemWaveRow } from '../results/itemWaveResults';

/** An earlier item analysis as the host found it stored. */
export interface EarlierItemAnalysis {
  readonly surveyId: string;
  readonly surveyName: string;
  readonly year: number;
  readonly isSameRegion: boolean;
  readonly results: AnalysedItems;
}

/** One item of this survey before its flags are known. */
export interface CurrentItem {
  readonly itemId: string;
  readonly itemVersion: string;
  readonly position: number;
  readonly difficulty: Estimate;
  readonly parameters: AnalysedSurveyItem['parameters'];
  readonly medianSeconds: number | null;
}

interface Pair {
  readonly now: CurrentItem;
  readonly then: AnalysedSurveyItem;
}

/** Whether an earlier survey asked one of the items in the same version. */
export const sharesItems = (
  items: readonly Pick<CurrentItem, 'itemId' | 'itemVersion'>[],
  earlier: EarlierItemAnalysis,
): boolean =>
  earlier.results.items.some(({ itemId, itemVersion }) =>
    items.some((item) => item.itemId === itemId && item.itemVersion === itemVersion),
  );

const pairsOf = (current: readonly CurrentItem[], { items }: AnalysedItems): readonly Pair[] =>
  current.flatMap((now) => {
    const then = items.find(
      ({ itemId, itemVersion }) => itemId === now.itemId && itemVersion === now.itemVersion,
    );
    return then === undefined ? [] : [{ now, then }];
  });

/** Left out where one is unknown: then the robust z alone judges. */
const errorsOf = (base: number | null, fresh: number | null): Pick<AnchorItem, 'errors'> =>
  base === null || fresh === null ? {} : { errors: { base, fresh } };

function anchorsOf(pairs: readonly Pair[]): AnchorItem[] {
  return pairs.flatMap(({ now, then }) =>
    now.parameters === null || then.parameters === null
      ? []
      : [
          {
            itemId: now.itemId,
            base: { a: then.parameters.a, b: then.parameters.b, c: 0 },
            fresh: { a: now.parameters.a, b: now.parameters.b, c: 0 },
            ...errorsOf(then.parameters.bError, now.parameters.bError),
          },
        ],
  );
}

interface Linked {
  readonly link: ItemWave['link'];
  readonly drift: ReadonlyMap<string, AnchorDrift>;
}

function linkedOf(pairs: readonly Pair[]): Linked {
  const anchors = anchorsOf(pairs);
  if (anchors.length < fewestAnchors) return { link: null, drift: new Map() };
  const { status, transformation, dropped, kept, linkingError } = linkWithDriftCheck(anchors, {
    mostDropped: mostDroppedOf(anchors.length),
  });
  // Dropped items keep the judgement they were dropped for; their shift is over the final link like everybody's.
  const judged = new Map([...dropped, ...kept].map((each) => [each.itemId, each]));
  const drift = anchorDrift(anchors, transformation).map((each): readonly [string, AnchorDrift] => {
    const { robustZ, hasDrifted } = judged.get(each.itemId) ?? each;
    return [each.itemId, { ...each, robustZ, hasDrifted }];
  });
  return {
    link: {
      status,
      ...transformation,
      linkingError,
      anchorCount: kept.length,
      dropped: dropped.map(({ itemId }) => itemId),
    },
    drift: new Map(drift),
  };
}

/** Null where one of the surveys states no error. */
function changeOf({ now, then }: Pair): WaveChange | null {
  const { difficulty } = now;
  if (then.difficultyError === null || difficulty.standardError === null) return null;
  const found = changeBetweenWaves(
    {
      year: 0,
      instrumentId: '',
      estimate: then.difficulty,
      standardError: then.difficultyError,
      degreesOfFreedom: then.degreesOfFreedom,
    },
    {
      year: 1,
      instrumentId: '',
      estimate: difficulty.estimate,
      standardError: difficulty.standardError,
      degreesOfFreedom: difficulty.degreesOfFreedom,
    },
  );
  return found.ok ? found.value : null;
}

const isFaster = (before: number | null, now: number | null): boolean =>
  before !== null && now !== null && now < before;

/** The year names the survey where it can; two surveys of one year need the name. */
const labelOf = ({ year, surveyName }: Pick<ItemWave, 'year' | 'surveyName'>): string =>
  `${year} 年“${surveyName}”`;

function evidenceOf(
  row: ItemWaveRow,
  wave: Pick<ItemWave, 'year' | 'surveyName' | 'isSameRegion'>,
): WaveEvidence {
  return {
    label: labelOf(wave),
    // A shift within its sampling error is no drift, whatever its z.
    robustZ: row.isDrifted ? row.robustZ : null,
    shareGain: wave.isSameRegion ? row.change : null,
    difficultyShift: row.difficultyShift,
    isFaster: isFaster(row.secondsEarlier, row.secondsLater),
  };
}

function changeErrors(pair: Pair): Pick<ItemWaveRow, 'changeError' | 'lower' | 'upper'> {
  const change = changeOf(pair);
  if (change === null) return { changeError: null, lower: null, upper: null };
  return { changeError: change.standardError, ...change.interval };
}

/** Without a link nothing is known of the difficulty. */
const shiftOf = (
  drift: AnchorDrift | undefined,
): Pick<ItemWaveRow, 'difficultyShift' | 'shiftError' | 'robustZ' | 'isDrifted'> =>
  drift === undefined
    ? { difficultyShift: null, shiftError: null, robustZ: null, isDrifted: false }
    : {
        difficultyShift: drift.shift,
        shiftError: drift.error,
        robustZ: drift.robustZ,
        isDrifted: drift.hasDrifted,
      };

function rowOf(pair: Pair, { drift }: Linked, wave: EarlierItemAnalysis): ItemWaveRow {
  const { now, then } = pair;
  const row: ItemWaveRow = {
    itemId: now.itemId,
    position: now.position,
    earlier: then.difficulty,
    later: now.difficulty.estimate,
    change: now.difficulty.estimate - then.difficulty,
    ...changeErrors(pair),
    ...shiftOf(drift.get(now.itemId)),
    secondsEarlier: then.medianSeconds,
    secondsLater: now.medianSeconds,
    isSuspectedLeak: false,
  };
  return { ...row, isSuspectedLeak: leakRuleOf(evidenceOf(row, wave)) !== null };
}

/** Comparisons with every earlier survey that has common items, oldest first. */
export function itemWaves(
  current: readonly CurrentItem[],
  earlier: readonly EarlierItemAnalysis[],
): readonly ItemWave[] {
  return earlier
    .toSorted((one, other) => one.year - other.year)
    .flatMap((wave) => {
      const { surveyId, surveyName, year, isSameRegion, results } = wave;
      const pairs = pairsOf(current, results);
      if (pairs.length === 0) return [];
      const linked = linkedOf(pairs);
      const { dataFingerprint, computedAt, respondentCount } = results;
      return [
        {
          surveyId,
          surveyName,
          year,
          dataFingerprint,
          computedAt,
          isSameRegion,
          respondentCount,
          commonCount: pairs.length,
          link: linked.link,
          rows: pairs.map((pair) => rowOf(pair, linked, wave)),
        },
      ];
    });
}

/** What the waves say of one item, for its flags. */
export const waveEvidence = (waves: readonly ItemWave[], itemId: string): readonly WaveEvidence[] =>
  waves.flatMap((wave) =>
    wave.rows.filter((row) => row.itemId === itemId).map((row) => evidenceOf(row, wave)),
  );
