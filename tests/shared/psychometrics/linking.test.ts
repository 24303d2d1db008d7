import { describe, expect, it } from 'vitest';
import { normalCdf } from '@shared/numeric/distributions';
import { createRandom } from '@shared/numeric/seededRandom';
import { linkingErrorOfShare, linkWithDriftCheck } from '@shared/psychometrics/linking/drift';
import { equateCuts } from '@shared/psychometrics/linking/cutEquating';
import {
  linkScales,
  type AnchorItem,
  type LinkingMethod,
} from '@shared/psychometrics/linking/transformation';

/** Anchors whose new scale is theta_new = (theta_base - .3) / 1.2, with shifts added to the new difficulties. */
function anchors(shifts: readonly number[]): AnchorItem[] {
  return shifts.map((shift, k) => {
    const base = { a: 0.8 + 0.1 * (k % 5), b: -1.5 + 0.27 * k, c: 0 };
    return { itemId: `A${k + 1}`, base, fresh: { a: base.a * 1.2, b: (base.b + shift - 0.3) / 1.2, c: 0 } };
  });
}
const quiet = [0.02, -0.03, 0.04, -0.01, 0.0, 0.03, -0.04, 0.01, -0.02, 0.02, -0.01, -0.01];

describe('linking', () => {
  it('recovers an exact transformation by every method', () => {
    for (const method of [
      'meanSigma',
      'meanMean',
      'haebara',
      'stockingLord',
    ] as const satisfies LinkingMethod[]) {
      const { slope, shift } = linkScales(anchors(quiet.map(() => 0)), method);
      expect(slope).toBeCloseTo(1.2, 8);
      expect(shift).toBeCloseTo(0.3, 8);
    }
  });

  it('drops the anchor that drifted and keeps the transformation of the others', () => {
    const drifted = quiet.map((shift, k) => (k === 4 ? 0.9 : shift));
    const link = linkWithDriftCheck(anchors(drifted));
    expect(link.status).toBe('sound');
    expect(link.dropped.map(({ itemId }) => itemId)).toContain('A5');
    expect(link.kept.length).toBeGreaterThanOrEqual(9);
    expect(link.transformation.slope).toBeCloseTo(1.2, 1);
    expect(link.linkingError).toBeLessThan(0.02);
  });

  it('calls the link broken when a third anchor drifts', () => {
    const drifted = quiet.map((shift, k) => (k === 2 || k === 6 || k === 9 ? 0.9 + 0.2 * k : shift));
    const link = linkWithDriftCheck(anchors(drifted));
    expect(link.status).toBe('broken');
    expect(link.dropped).toHaveLength(2);
  });

  it('never goes below nine anchors', () => {
    const drifted = quiet.slice(0, 9).map((shift, k) => (k === 4 ? 0.9 : shift));
    expect(linkWithDriftCheck(anchors(drifted))).toMatchObject({ status: 'broken', dropped: [] });
  });
});

describe('the linking error of a share', () => {
  it('is the change of the share when the cut moves by the error', () => {
    const population = { mean: -0.1, standardDeviation: 0.9 };
    const above = (theta: number): number => 1 - normalCdf((theta + 0.1) / 0.9);
    const moved = (above(0.7 - 0.001) - above(0.7 + 0.001)) / 0.002;
    expect(linkingErrorOfShare(0.05, 0.7, population)).toBeCloseTo(0.05 * moved, 8);
  });
});

describe('equating of cuts', () => {
  const form = (b: number) => Array.from({ length: 50 }, () => ({ a: 1, b, c: 0, points: 2 }));

  it('keeps the cut on a parallel form and lowers it on a harder one by the hand calculation', () => {
    const same = equateCuts(form(0), form(0), [70]);
    const harder = equateCuts(form(0), form(0.2), [70]);
    // 100 / (1 + exp(-theta)) = 70 at theta = ln(7 / 3); the harder form expects 100 / (1 + 3/7 exp(.2)) there.
    if (!same.ok || !harder.ok) throw new Error('refused');
    expect(same.value[0]?.cut).toBeCloseTo(70, 9);
    expect(same.value[0]?.theta).toBeCloseTo(Math.log(7 / 3), 9);
    expect(harder.value[0]?.cut).toBeCloseTo(100 / (1 + (3 / 7) * Math.exp(0.2)), 9);
  });

  it('refuses a cut nobody is expected to score', () => {
    expect(equateCuts(form(0), form(0), [100])).toMatchObject({
      ok: false,
      failure: { params: { value: 100 } },
    });
  });
});

describe('anchors that did not move', () => {
  /** Shifts are sampling error only; `withErrors` tells the rule how large it is. */
  function brokenShare(withErrors: boolean): number {
    const random = createRandom('quiet anchors');
    const error = 0.06;
    const replications = 150;
    let broken = 0;
    for (let r = 0; r < replications; r++) {
      const list = anchors(Array.from({ length: 12 }, () => Math.SQRT2 * error * random.normal()));
      const errors = { base: error, fresh: error / 1.2 };
      const given = list.map((anchor) => (withErrors ? { ...anchor, errors } : anchor));
      if (linkWithDriftCheck(given, { method: 'meanSigma' }).status === 'broken') broken += 1;
    }
    return broken / replications;
  }

  it('break every second link by robust z alone, and hardly any once the sampling error is known', () => {
    expect(brokenShare(false)).toBeGreaterThan(0.35);
    expect(brokenShare(true)).toBeLessThan(0.06);
  });

  it('hide no anchor that did: a shift of many errors is dropped', () => {
    const list = anchors(quiet.map((shift, k) => (k === 4 ? 0.5 : shift)));
    const link = linkWithDriftCheck(
      list.map((anchor) => ({ ...anchor, errors: { base: 0.06, fresh: 0.05 } })),
    );
    expect(link.status).toBe('sound');
    expect(link.dropped.map(({ itemId }) => itemId)).toEqual(['A5']);
  });
});
