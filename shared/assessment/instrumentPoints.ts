/** Points of items on an instrument's scale, dimension by dimension as in scoring: raw / reachable × maximum. */
import type { Instrument } from './instrument';
import type { Item } from './item';

type PointItem = Pick<Item, 'id' | 'dimension' | 'scoring'>;

/** Each item of the instrument's dimensions with what a right answer is worth; the sum is the instrument's maximum. */
export function instrumentPoints<I extends PointItem>(
  items: readonly I[],
  instrument: Instrument,
): readonly { readonly item: I; readonly points: number }[] {
  return instrument.dimensions.flatMap(({ itemDimensions, maximum }) => {
    const own = items.filter((item) => itemDimensions.includes(item.dimension));
    const reachable = own.reduce((sum, item) => sum + item.scoring.points, 0);
    return own.map((item) => ({ item, points: (item.scoring.points * maximum) / reachable }));
  });
}
