/** What every answer is made from. */
import type { AnalysisSpec } from '../analysisSpec';
import type { Analysis } from '../schema/analyses';
import type { Columns } from './columns';
import { membersOf } from './conditions';
import type { SamplingErrors } from './errors';

export interface Work {
  readonly spec: AnalysisSpec;
  readonly columns: Columns;
  readonly errors: SamplingErrors;
}

/** An analysis with its place in the specification. */
export interface Asked<A extends Analysis> {
  readonly analysis: A;
  readonly path: string;
}

export const levelOf = ({ spec }: Work, analysis: { readonly level: number | null }): number =>
  analysis.level ?? spec.level;

export const filterOf = ({ columns }: Work, { analysis, path }: Asked<Analysis>): Uint8Array | null =>
  membersOf(columns, analysis.filter, `${path}.filter`);

export const squareRows = (matrix: Float64Array, size: number): readonly (readonly number[])[] =>
  Array.from({ length: size }, (_, i) => [...matrix.subarray(i * size, (i + 1) * size)]);
