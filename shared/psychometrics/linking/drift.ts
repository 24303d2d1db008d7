/**
 * Drift of anchors between two waves (question-bank-spec §3.3): d_j = linked new difficulty - base difficulty, robust
 * z = (d_j - median) / (0.74 IQR), quartiles by R's type 7. The worst anchor beyond the limit is dropped, the link is
 * computed again and the rest judged again; at most two are dropped and at least nine stay, else the link is broken.
 * Robust z has no unit: among anchors that did not move at all one in ten lies beyond the limit, and twelve of them would
 * break every second link. Where standard errors are known, a shift within the sampling error is therefore no drift.
 * Source: Huynh & Meyer (2010); for the sampling error, Wald's test of one shift.
 */
import { at } from '../../numeric/typedArray';
import { normalDensity, type NormalPopulation } from '../irt/latentGrid';
import {
  linkScales,
  transformItem,
  type AnchorItem,
  type LinkingMethod,
  type ScaleTransformation,
} from './transformation';

/** |robust z| above which an anchor has drifted (5 % one-sided normal). */
export const driftLimit = 1.645;
/** Sampling errors a shift must exceed to count (5 % two-sided). */
export const errorLimit = 1.96;
export const fewestAnchors = 9;
export const mostDropped = 2;

export interface AnchorDrift {
  readonly itemId: string;
  /** Difficulty on the base scale: new minus base. */
  readonly shift: number;
  /** Standard error of the shift, on the base scale; null where it is not known. */
  readonly error: number | null;
  /** Null when the shifts have no spread. */
  readonly robustZ: number | null;
  /** Beyond the limit, and beyond what sampling explains. */
  readonly hasDrifted: boolean;
}

export interface AnchorLink {
  /** broken: anchors beyond the limit remain that may not be dropped. Report no trend over a broken link. */
  readonly status: 'sound' | 'broken';
  readonly transformation: ScaleTransformation;
  /** Dropped anchors with the z they had when dropped, in order. */
  readonly dropped: readonly AnchorDrift[];
  readonly kept: readonly AnchorDrift[];
  /** sqrt(sum (d_j - mean d)^2 / (J (J - 1))) over the kept anchors, on the base scale. */
  readonly linkingError: number;
}

/** Quantile by R's type 7. */
function quantile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * p;
  const low = Math.floor(place);
  return (
    at(sorted, low) + (place - low) * (at(sorted, Math.min(low + 1, sorted.length - 1)) - at(sorted, low))
  );
}

/** Shifts of the anchors under one transformation, with their robust z. */
export function anchorDrift(
  anchors: readonly AnchorItem[],
  transformation: ScaleTransformation,
): AnchorDrift[] {
  const shifts = anchors.map(({ base, fresh }) => transformItem(fresh, transformation).b - base.b);
  const middle = quantile(shifts, 0.5);
  const spread = 0.74 * (quantile(shifts, 0.75) - quantile(shifts, 0.25));
  return anchors.map(({ itemId, errors }, k) => {
    const gap = (shifts[k] ?? NaN) - middle;
    const error = errors === undefined ? null : Math.hypot(errors.base, transformation.slope * errors.fresh);
    const robustZ = spread > 0 ? gap / spread : null;
    const hasDrifted =
      Math.abs(robustZ ?? 0) > driftLimit && (error === null || Math.abs(gap) > errorLimit * error);
    return { itemId, shift: shifts[k] ?? NaN, error, robustZ, hasDrifted };
  });
}

/** Error of the link from the spread of the anchors' shifts; enters the variance of every trend over it. */
export function linkingError(shifts: readonly number[]): number {
  const count = shifts.length;
  const mean = shifts.reduce((sum, value) => sum + value, 0) / count;
  return Math.sqrt(shifts.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count * (count - 1)));
}

/**
 * The linking error of a share above a cut: the error on the ability scale times the density of abilities at the cut.
 * Its square is added to the variance of a change over the link, sqrt(SE_1^2 + SE_2^2 + LE^2) (question-bank-spec §3.3).
 */
export const linkingErrorOfShare = (error: number, theta: number, population: NormalPopulation): number =>
  error * normalDensity(theta, population);

const sizeOf = ({ robustZ }: AnchorDrift): number => Math.abs(robustZ ?? 0);

export interface LinkSettings {
  readonly method?: LinkingMethod;
  /** Anchors that may be dropped; two of the twelve of a form unless told. */
  readonly mostDropped?: number;
}

/** Links with the dropping rule. */
export function linkWithDriftCheck(
  anchors: readonly AnchorItem[],
  { method = 'stockingLord', mostDropped: allowed = mostDropped }: LinkSettings = {},
): AnchorLink {
  let kept = anchors;
  const dropped: AnchorDrift[] = [];
  for (;;) {
    const transformation = linkScales(kept, method);
    const drift = anchorDrift(kept, transformation);
    const worst = drift
      .filter(({ hasDrifted }) => hasDrifted)
      .reduce<AnchorDrift | null>(
        (most, each) => (most === null || sizeOf(each) > sizeOf(most) ? each : most),
        null,
      );
    const mayDrop = dropped.length < allowed && kept.length > fewestAnchors;
    if (worst === null || !mayDrop) {
      const status = worst !== null || kept.length < fewestAnchors ? 'broken' : 'sound';
      return {
        status,
        transformation,
        dropped,
        kept: drift,
        linkingError: linkingError(drift.map(({ shift }) => shift)),
      };
    }
    dropped.push(worst);
    kept = kept.filter(({ itemId }) => itemId !== worst.itemId);
  }
}
