/** Trend points as drawn and listed; which neighbours a line may join. */
export interface TrendPoint {
  readonly year: number;
  /** Percent. */
  readonly value: number;
  readonly regime: string;
  readonly regimeLabel: string;
  readonly source: string;
  readonly confidence: string;
  readonly isOwn: boolean;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
}

export interface TrendLine {
  readonly id: string;
  readonly name: string;
  /** Index into the categorical palette, fixed per series whatever is switched off. */
  readonly tone: number;
  readonly points: readonly TrendPoint[];
}

/** The shares a way to the target asks for, year by year. */
export interface TrendPath {
  readonly name: string;
  /** Percent. */
  readonly points: readonly { readonly year: number; readonly value: number }[];
  /** Words at its last point. */
  readonly endLabel: string;
}

/** A line may join two points of the same known regime only. */
export const areJoined = (a: TrendPoint, b: TrendPoint): boolean =>
  a.regime === b.regime && a.regime !== 'unknown';

/** Runs of neighbours that a line may join, in year order. */
export function segmentsOf(points: readonly TrendPoint[]): readonly (readonly TrendPoint[])[] {
  const segments: TrendPoint[][] = [];
  for (const point of [...points].sort((a, b) => a.year - b.year)) {
    const current = segments.at(-1);
    const last = current?.at(-1);
    if (current !== undefined && last !== undefined && areJoined(last, point)) current.push(point);
    else segments.push([point]);
  }
  return segments;
}

/**
 * Years at which a break is marked: the fewest vertical lines that lie between every two neighbours of a series
 * that must not be compared, as close to the newer side as possible so that no line of another series is cut.
 */
export function breakYears(lines: readonly TrendLine[]): readonly number[] {
  const gaps = lines.flatMap((line) => {
    const segments = segmentsOf(line.points);
    return segments.slice(1).flatMap((segment, index) => {
      const from = segments[index]?.at(-1)?.year;
      const to = segment[0]?.year;
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
  });
  const marks: { from: number; to: number }[] = [];
  for (const gap of gaps.sort((a, b) => a.to - b.to || a.from - b.from)) {
    const mark = marks.at(-1);
    if (mark !== undefined && gap.from < mark.to) mark.from = Math.max(mark.from, gap.from);
    else marks.push({ ...gap });
  }
  const years = lines.flatMap((line) => line.points.map((point) => point.year));
  return marks.map(({ from, to }) => {
    const last = Math.max(from, ...years.filter((year) => year > from && year < to));
    return (last + to) / 2;
  });
}
