/** Information curves and the Wright map of one calibration, on the common scale. */
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { itemsOnScale } from '@shared/psychometrics/calibrationRecord';
import { itemInformation, testInformation } from '@shared/psychometrics/irt/responseFunction';
import { formatNumber } from '@shared/texts/format';
import type { CurveMark, CurvesInput } from '../../charts/curvesOption';

const thetas = Array.from({ length: 61 }, (_, k) => (k - 30) / 10);
const range = [-3, 3] as const;

const marksOf = ({ cut }: CalibrationRecord): readonly CurveMark[] =>
  cut === null || Math.abs(cut.theta) > range[1]
    ? []
    : [{ x: cut.theta, label: `合格线 ${formatNumber(cut.theta)}` }];

function informationCurve(
  record: CalibrationRecord,
  label: string,
  information: (theta: number) => number,
): CurvesInput {
  const points = thetas.map((theta) => [theta, information(theta)] as const);
  const peak = points.reduce((best, point) => (point[1] > best[1] ? point : best));
  return {
    curves: [{ label, points, isTarget: false }],
    marks: marksOf(record),
    xTitle: '能力 θ',
    yTitle: '信息量',
    xRange: range,
    formatY: (value) => String(Number(value.toFixed(2))),
    description: `${label}：在能力 ${formatNumber(peak[0], 1)} 处最大，为 ${formatNumber(peak[1])}。`,
  };
}

export function testCurve(record: CalibrationRecord): CurvesInput {
  const items = itemsOnScale(record);
  return informationCurve(record, '测验信息', (theta) => testInformation(items, theta));
}

/** Null when the calibration does not hold the item. */
export function itemCurve(record: CalibrationRecord, itemId: string): CurvesInput | null {
  const item = itemsOnScale(record).find((each) => each.itemId === itemId);
  return item === undefined
    ? null
    : informationCurve(record, itemId, (theta) => itemInformation(item, theta));
}

export interface WrightRow {
  /** Middle of the class on the common scale. */
  readonly theta: number;
  readonly from: number;
  readonly to: number;
  /** Share of persons whose ability lies in the class, 0..1. */
  readonly share: number;
  /** Length of the person bar, 0..100. */
  readonly barPercent: number;
  readonly itemIds: readonly string[];
  readonly hasCut: boolean;
}

/** Persons and items in the same classes of ability, the highest first; items beyond the ends stand in the outer ones. */
export function wrightRows(record: CalibrationRecord): readonly WrightRow[] {
  const { abilities, scale, cut } = record;
  const items = itemsOnScale(record);
  const largest = Math.max(...abilities.shares);
  const last = abilities.shares.length - 1;
  const ownClass = (theta: number): number =>
    Math.min(
      last,
      Math.max(0, Math.floor(((theta - scale.shift) / scale.slope - abilities.from) / abilities.step)),
    );
  return abilities.shares
    .map((share, place): WrightRow => {
      const [from, to] = [0, 1].map(
        (side) => scale.slope * (abilities.from + (place + side) * abilities.step) + scale.shift,
      ) as [number, number];
      return {
        theta: (from + to) / 2,
        from,
        to,
        share,
        barPercent: largest > 0 ? (100 * share) / largest : 0,
        itemIds: items.filter(({ b }) => ownClass(b) === place).map(({ itemId }) => itemId),
        hasCut: cut !== null && ownClass(cut.theta) === place,
      };
    })
    .toReversed();
}
