/** Replicates with final weights: weighting is repeated once for every replicate and serves all analyses. */
import { sumByCell } from '../../estimation/design/calibrationInfo';
import { createSurveyDesign } from '../../estimation/design/surveyDesign';
import { replicateWeights } from '../../estimation/variance/replicates';
import { at } from '../../numeric/typedArray';
import { adjustedWeights } from '../../weighting/calibrate';
import type { DataTables } from '../dataTable';
import type { AnalysisSpec } from '../analysisSpec';
import type { FinalReplicates } from './errors';
import { need, refuse } from './refusal';
import { checkReplicateContent, replicatesOf, type RunReplicates } from './replicates';
import type { Sample } from './sample';

type ReplicateVariance = Extract<AnalysisSpec['variance'], { method: 'replicates' }>;

export interface RepeatedReplicates {
  /** As drawn or read: factors of base weights, for export. */
  readonly drawn: RunReplicates;
  readonly final: FinalReplicates;
}

/** Numbers of all replicates that are kept in memory at once: 800 MB. */
const largestTable = 1e8;

/** Refused: failures of the replicates; of the weighting with the number of the replicate; SPEC_TOO_MANY. */
export function repeatedReplicates(
  variance: ReplicateVariance,
  sample: Sample,
  context: {
    readonly tables: DataTables;
    readonly hasWeighting: boolean;
    readonly progress: (share: number) => void;
  },
): RepeatedReplicates {
  const { source, centre } = variance;
  const { cells } = sample.weighting;
  const repeats = variance.reweigh && context.hasWeighting;
  need(checkReplicateContent(source, context.hasWeighting && variance.reweigh), 'variance.source');
  const start = repeats ? sample.baseDesign : { ...sample.baseDesign, weights: sample.design.weights };
  const drawn = replicatesOf(source, start, context.tables);
  return {
    drawn,
    final:
      repeats && cells === null
        ? repeated(drawn, sample, { centre, progress: context.progress })
        : { design: drawn.design, weights: drawn.weights, reweigh: repeats ? cells : null, centre },
  };
}

/** Final weights of one replicate, row by row. Refused: failures of the weighting with the number of the replicate. */
export function finalWeights({ design, weights, reweigh }: FinalReplicates, index: number): Float64Array {
  const base = replicateWeights(design, weights, index);
  if (reweigh === null) return base;
  const { cellOfRow, cellCount, ratios } = reweigh;
  const found = need(
    ratios(sumByCell(cellOfRow, cellCount, base)),
    `variance.source, replicate ${index + 1}`,
  );
  return adjustedWeights(base, cellOfRow, found);
}

/** Every row its own unit, so that the factor of a replicate is its final weight / the final weight. */
function repeated(
  drawn: RunReplicates,
  sample: Sample,
  how: { readonly centre: FinalReplicates['centre']; readonly progress: (share: number) => void },
): FinalReplicates {
  const { replicateCount } = drawn.weights;
  const { rowCount, weights } = sample.design;
  if (replicateCount * rowCount > largestTable) {
    refuse('SPEC_TOO_MANY', 'variance.source', { count: replicateCount * rowCount, limit: largestTable });
  }
  const factors = new Float64Array(replicateCount * rowCount);
  for (let index = 0; index < replicateCount; index++) {
    const base = replicateWeights(drawn.design, drawn.weights, index);
    const path = `variance.source, replicate ${index + 1}`;
    const found = need(sample.weighting.run(base), path);
    found.weights.forEach((value, row) => {
      const weight = at(weights, row);
      factors[index * rowCount + row] = weight === 0 ? 0 : value / weight;
    });
    how.progress((index + 1) / replicateCount);
  }
  const ones = new Float64Array(rowCount).fill(1);
  const byRow = need(createSurveyDesign({ stages: [], weights: ones }), 'variance.source');
  return {
    design: { ...byRow, weights },
    weights: { ...drawn.weights, factors },
    reweigh: null,
    centre: how.centre,
  };
}
