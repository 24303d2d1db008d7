/**
 * Raw pass rates, model-based pass rates and linking against a simulated truth. Populations and forms are those of the
 * design simulation (question-bank-spec §3.7): theta ~ N(-.05, .8^2), slopes about 1.05, 50 items of 2 points, mean
 * score 53. The truth is computed here from the known response curves, never from our estimates.
 */
import { describe, expect, it } from 'vitest';
import { createSurveyDesign } from '@shared/estimation/design/surveyDesign';
import { estimateByDomain } from '@shared/estimation/estimate';
import { normalCdf, normalQuantile } from '@shared/numeric/distributions';
import { createRandom } from '@shared/numeric/seededRandom';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { ownTheta } from '@shared/psychometrics/calibrationRecord';
import { calibrateItems } from '@shared/psychometrics/irt/calibrate';
import { drawPlausibleValues } from '@shared/psychometrics/irt/plausibleValues';
import type { ItemParameters } from '@shared/psychometrics/irt/responseFunction';
import { expectedScore, probabilityCorrect, thetaAtScore } from '@shared/psychometrics/irt/responseFunction';
import { equateCuts } from '@shared/psychometrics/linking/cutEquating';
import { errorBetween, linkCalibrations } from '@shared/psychometrics/linking/linkCalibrations';
import { linkingErrorOfShare } from '@shared/psychometrics/linking/drift';
import { modelBasedShares } from '@shared/psychometrics/modelBasedShare';
import type { ResponseMatrix } from '@shared/psychometrics/responses';

const population = { mean: -0.05, standardDeviation: 0.8 };
const passMark = 70;

/** Abilities at the population's quantiles: their share above a cut is the truth up to 1 / n. */
const quantiles = (count: number): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, k) => population.mean + population.standardDeviation * normalQuantile((k + 0.5) / count),
  );

/** Difficulties spread evenly around `centre`, slopes about 1.05 in shuffled order. */
function formAround(centre: number, count: number): readonly ItemParameters[] {
  return Array.from({ length: count }, (_, k) => ({
    a: 1.05 * Math.exp(0.3 * normalQuantile((((k * 7) % count) + 0.5) / count)),
    b: centre + 1.2 * normalQuantile((k + 0.5) / count),
    c: 0,
  }));
}

function answersTo(items: readonly ItemParameters[], abilities: Float64Array, seed: string): ResponseMatrix {
  const random = createRandom(seed);
  const values = new Uint8Array(abilities.length * items.length);
  abilities.forEach((theta, person) => {
    items.forEach((item, k) => {
      values[person * items.length + k] = random.next() < probabilityCorrect(item, theta) ? 1 : 0;
    });
  });
  const itemIds = items.map((_, k) => `item${k}`);
  return { itemIds, personCount: abilities.length, values, weights: null };
}

function rawShare({ values, personCount, itemIds }: ResponseMatrix, cut: number): number {
  const [count, points] = [itemIds.length, 100 / itemIds.length];
  let above = 0;
  for (let person = 0; person < personCount; person++) {
    const right = values.subarray(person * count, (person + 1) * count).reduce((sum, each) => sum + each, 0);
    if (right * points >= cut) above += 1;
  }
  return above / personCount;
}

function modelShare(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  theta: number,
): { readonly estimate: number; readonly standardError: number } {
  const drawn = drawPlausibleValues(matrix, items, { columns: [] }, { setCount: 20, seed: 'shares' });
  const design = createSurveyDesign({ stages: [], weights: new Float64Array(matrix.personCount).fill(1) });
  if (!drawn.ok || !design.ok) throw new Error('refused');
  const everyone = [{ id: 'all', member: new Uint8Array(matrix.personCount).fill(1) }];
  const shares = (outcome: Float64Array) =>
    estimateByDomain(design.value, { statistic: 'proportion', outcome }, everyone);
  const found = modelBasedShares(drawn.value.sets, theta, { shares, confidenceLevel: 0.95 });
  if (!found.ok || found.value[0] === null || found.value[0] === undefined) throw new Error('refused');
  return found.value[0].pooled;
}

const withPoints = (items: readonly ItemParameters[]) =>
  items.map((item) => ({ ...item, points: 100 / items.length }));
const trueShare = (theta: number): number =>
  1 - normalCdf((theta - population.mean) / population.standardDeviation);

describe('a share above a cut that lies above the mean', () => {
  const items = formAround(-0.2, 50);
  const abilities = quantiles(6000);
  const matrix = answersTo(items, abilities, 'spec 3.7');
  const theta = thetaAtScore(withPoints(items), passMark);
  const truth = trueShare(theta);

  it('comes from a form like the one of the design simulation: mean 53, true share 13 %', () => {
    const mean =
      abilities.reduce((sum, each) => sum + expectedScore(withPoints(items), each), 0) / abilities.length;
    expect(Math.abs(mean - 53)).toBeLessThan(1);
    expect(Math.abs(truth - 0.132)).toBeLessThan(0.012);
  });

  it('is overstated by the raw score: 16.7 % against 13.2 %', () => {
    const raw = rawShare(matrix, passMark);
    // The sampling error of a share of 6,000 is half a point.
    expect(Math.abs(raw - truth - (0.167 - 0.132))).toBeLessThan(0.012);
  });

  it('is recovered by plausible values from calibrated parameters', () => {
    const calibrated = calibrateItems(matrix, { model: '2PL', tolerance: 1e-5 });
    if (!calibrated.ok) throw new Error('refused');
    const form = withPoints(calibrated.value.items);
    const found = modelShare(matrix, calibrated.value.items, thetaAtScore(form, passMark));
    expect(Math.abs(found.estimate - truth)).toBeLessThan(2 * found.standardError);
    expect(found.standardError).toBeLessThan(0.008);
  });
});

/** A record with the parameters of a calibration; what linking does not look at is filled in. */
function recordOf(
  calibrationId: string,
  ids: readonly string[],
  items: readonly ItemParameters[],
): CalibrationRecord {
  const own = items.map((item, k) => ({
    itemId: ids[k] ?? '',
    version: '1.0.0',
    isInBlock: false,
    isAnchor: true,
    points: 100 / items.length,
    a: item.a,
    b: item.b,
    errorA: 0.05,
    errorB: 0.05,
    shareRight: 0.5,
    fit: null,
  }));
  const cut = equateCuts(withPoints(items), withPoints(items), [passMark]);
  if (!cut.ok || cut.value[0] === undefined) throw new Error('refused');
  return {
    calibrationId,
    bankId: 'bank',
    surveyIds: [calibrationId],
    surveyName: calibrationId,
    year: 2023,
    isDemo: false,
    instrumentId: 'cast-2024',
    model: '2PL',
    scaleId: calibrationId,
    scale: { slope: 1, shift: 0 },
    items: own,
    fit: {
      minus2LogLikelihood: 0,
      aic: 0,
      bic: 0,
      personCount: 1,
      parameterCount: 1,
      cycles: 1,
      hasConverged: true,
      reliability: 0.8,
    },
    choice: { bicRasch: 0, bic2pl: 0, asked: 'auto' },
    weighting: 'equal',
    abilities: { from: -3, step: 1, shares: [1] },
    cut: { instrumentCut: passMark, theta: cut.value[0].theta, cut: cut.value[0].cut },
    link: null,
    dataFingerprint: '',
    by: '测试',
    at: '2025-01-01T00:00:00.000Z',
  };
}

describe('two waves of one population on forms of different difficulty', () => {
  // Twelve anchors; the other 38 items of the second form are harder, so that everybody near the cut loses two points.
  const anchors = formAround(-0.25, 12);
  const others = formAround(-0.25, 38);
  const first = [...anchors, ...others];
  const theta = thetaAtScore(withPoints(first), passMark);
  const harderBy = (shift: number) => [...anchors, ...others.map((item) => ({ ...item, b: item.b + shift }))];
  const loss = (shift: number): number => passMark - expectedScore(withPoints(harderBy(shift)), theta);
  const shift = 0.147;
  const second = harderBy(shift);
  const abilities = quantiles(5000);
  const ids = (letter: string) => second.map((_, k) => (k < 12 ? `anchor${k}` : `${letter}${k}`));
  // The same draws in both waves: what differs is the form, not the luck of the sample.
  const calibrated = (items: readonly ItemParameters[]) => {
    const matrix = answersTo(items, abilities, 'waves');
    const found = calibrateItems(matrix, { model: '2PL', tolerance: 1e-5 });
    if (!found.ok) throw new Error('refused');
    return { matrix, items: found.value.items };
  };
  const [one, two] = [calibrated(first), calibrated(second)];
  const base = recordOf('one', ids('a'), one.items);
  const linked = linkCalibrations(base, recordOf('two', ids('b'), two.items));
  const own = linked.ok ? linked.value : base;

  it('are two points apart at the cut, and the raw rate falls by three points or more', () => {
    expect(Math.abs(loss(shift) - 2)).toBeLessThan(0.1);
    expect(rawShare(one.matrix, passMark) - rawShare(two.matrix, passMark)).toBeGreaterThan(0.03);
  });

  it('are linked soundly, and the equated cut of the harder form lies two points lower', () => {
    expect(linked.ok).toBe(true);
    expect(own.link?.status).toBe('sound');
    expect(own.scaleId).toBe('one');
    expect(Math.abs(own.scale.slope - 1)).toBeLessThan(0.06);
    expect(Math.abs(own.scale.shift)).toBeLessThan(0.06);
    expect(Math.abs((own.cut?.cut ?? 0) - 68)).toBeLessThan(0.7);
  });

  it('keep their model-based rate within half a point', () => {
    const cutOf = (record: CalibrationRecord): number => ownTheta(record, record.cut?.theta ?? NaN);
    const before = modelShare(one.matrix, one.items, cutOf(base));
    const after = modelShare(two.matrix, two.items, cutOf(own));
    expect(Math.abs(after.estimate - before.estimate)).toBeLessThan(0.005);
    expect(Math.abs(after.estimate - trueShare(theta))).toBeLessThan(0.012);
    // The error of the link counts in the change and is itself below a point and a half.
    const records = new Map([base, own].map((record) => [record.calibrationId, record]));
    const error = errorBetween(own, base, records) ?? NaN;
    const inShares = linkingErrorOfShare(error, own.cut?.theta ?? NaN, { mean: 0, standardDeviation: 1 });
    expect(inShares).toBeGreaterThan(0);
    expect(inShares).toBeLessThan(0.015);
  });

  it('know nothing of each other without a link', () => {
    const alone = recordOf('two', ids('b'), two.items);
    const records = new Map([base, alone].map((record) => [record.calibrationId, record]));
    expect(errorBetween(alone, base, records)).toBeNull();
  });
});
