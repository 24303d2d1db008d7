/**
 * The audit: for every cell that must stay hidden, two tables an attacker cannot tell apart whose values differ by at
 * least the required width. One answer of the linear program serves all cells of its component, so programs for many
 * cells at once come first and single ones only for what is left.
 */
import { largestMove, type Move } from './attack';
import type { Component, HiddenState } from './unknowns';
import { componentsOf, unknownMeasure } from './unknowns';

/** Widths may fall short of the requirement by rounding of the solver. */
const widthTolerance = 1e-6;
const jointRounds = 8;
const singlesFirst = 4;

interface Wanted {
  /** Position in the component. */
  readonly position: number;
  readonly cell: number;
  readonly requiredWidth: number;
}

interface Range {
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

function include(range: Range, move: Move | 'unbounded' | null, onUnbounded: () => void): void {
  if (move === 'unbounded') onUnbounded();
  else
    move?.forEach((shift, index) => {
      range.lowest[index] = Math.min(range.lowest[index] ?? 0, shift);
      range.highest[index] = Math.max(range.highest[index] ?? 0, shift);
    });
}

const isWide = ({ lowest, highest }: Range, { position, requiredWidth }: Wanted): boolean =>
  (highest[position] ?? 0) - (lowest[position] ?? 0) >= requiredWidth * (1 - widthTolerance);

/** Signs by the bits of the position: over the rounds every two unknowns are pushed apart at least once. */
function jointObjective(length: number, wanted: readonly Wanted[], round: number): Float64Array {
  const objective = new Float64Array(length);
  wanted.forEach(({ position, requiredWidth }, order) => {
    const sign = ((order + 1) >> Math.floor(round / 2)) % 2 === round % 2 ? 1 : -1;
    objective[position] = sign / requiredWidth;
  });
  return objective;
}

function single(length: number, position: number, sign: 1 | -1): Float64Array {
  const objective = new Float64Array(length);
  objective[position] = sign;
  return objective;
}

/** Cells of the component whose width is not reached. */
function narrowCells(component: Component, wanted: readonly Wanted[]): readonly number[] {
  const { length } = component.unknowns;
  const range: Range = { lowest: new Float64Array(length), highest: new Float64Array(length) };
  let open = wanted;
  const push = (objective: Float64Array): void => {
    include(range, largestMove(component, objective), () => undefined);
    open = open.filter((each) => !isWide(range, each));
  };
  for (let round = 0; round < jointRounds && open.length > singlesFirst; round++)
    push(jointObjective(length, open, round));
  const narrow: number[] = [];
  while (open.length > 0) {
    const [next] = open;
    if (next === undefined) break;
    let isUnbounded = false;
    for (const sign of [1, -1] as const)
      if (!isUnbounded && !isWide(range, next))
        include(range, largestMove(component, single(length, next.position, sign)), () => {
          isUnbounded = true;
        });
    if (!isUnbounded && !isWide(range, next)) narrow.push(next.cell);
    open = open.filter((each) => each !== next && !isWide(range, each));
  }
  return narrow;
}

/**
 * Of the `wanted` cells, by number, those whose measure an attacker can narrow down further than allowed while the
 * cells of `state.isHidden` are not printed.
 */
export function tooNarrow(
  state: HiddenState,
  measure: string,
  wanted: ReadonlySet<number>,
): readonly number[] {
  return componentsOf(state, measure).flatMap((component) => {
    const asked = component.unknowns.flatMap(({ cell }, position) => {
      const requiredWidth = unknownMeasure(state, cell, measure)?.requiredWidth ?? 0;
      return wanted.has(cell) && requiredWidth > 0 ? [{ position, cell, requiredWidth }] : [];
    });
    return asked.length === 0 ? [] : narrowCells(component, asked);
  });
}
