import { describe, expect, it } from 'vitest';
import { analyseDif } from '@shared/psychometrics/dif/itemDif';
import { etsClassOf } from '@shared/psychometrics/dif/mantelHaenszel';
import { createRandom } from '@shared/numeric/seededRandom';
import { simulateResponses } from './simulatedResponses';

const persons = 3000;
const groups = Uint8Array.from({ length: persons }, (_, person) => person % 2);
const { matrix } = simulateResponses({ persons, items: 20, seed: 'dif', slopeSpread: 0 });

/** Item 3 gets harder for the focal group: a third of its right answers become wrong. */
function withDif(): typeof matrix {
  const random = createRandom('spoil');
  const values = matrix.values.map((value, cell) => {
    const [person, item] = [Math.floor(cell / 20), cell % 20];
    return item === 2 && groups[person] === 1 && value === 1 && random.next() < 0.35 ? 0 : value;
  });
  return { ...matrix, values };
}

describe('differential item functioning', () => {
  it('is found on the item that was made harder for the focal group, and purged from the matching score', () => {
    const { items, purged, isLargeEnough } = analyseDif(withDif(), groups);
    expect(isLargeEnough).toBe(true);
    expect(purged).toEqual(['item3']);
    expect(items[2]?.mantelHaenszel?.etsClass).toBe('C');
    expect(items[2]?.mantelHaenszel?.delta).toBeLessThan(-1.5);
    expect(items[2]?.logistic?.both.pValue).toBeLessThan(1e-6);
    const others = items.filter((_, k) => k !== 2).map((item) => item.mantelHaenszel?.etsClass);
    expect(new Set(others)).toEqual(new Set(['A']));
  });

  it('changes sign when the groups are exchanged', () => {
    const swapped = groups.map((group) => 1 - group);
    const [one, other] = [analyseDif(withDif(), groups), analyseDif(withDif(), swapped)];
    expect(other.items[2]?.mantelHaenszel?.delta).toBeCloseTo(
      -(one.items[2]?.mantelHaenszel?.delta ?? NaN),
      10,
    );
  });

  it('says when a group is smaller than the classes are meant for', () => {
    const few = groups.map((group, person) => (group === 1 && person > 300 ? 2 : group));
    expect(analyseDif(matrix, few)).toMatchObject({ focalCount: 150, isLargeEnough: false });
  });

  it('is classed by size and by significance of the size (Dorans & Holland 1993)', () => {
    expect(etsClassOf(0.9, 0.1, 80)).toBe('A');
    expect(etsClassOf(2.5, 2, 1.5)).toBe('A');
    expect(etsClassOf(1.2, 0.1, 100)).toBe('B');
    expect(etsClassOf(1.6, 0.5, 10)).toBe('B');
    expect(etsClassOf(-1.9, 0.3, 40)).toBe('C');
  });
});
