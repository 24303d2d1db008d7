/** HiGHS (WebAssembly) as a solver of the plain linear models of `shared/assessment/linearProgram`. */
import highsLoader from 'highs';
import type { Highs, InitOptions, ModelData } from 'highs';
// Inlined by the bundler, so that the solver works from one file in an archive and under test alike.
import runtimeUrl from 'highs/runtime?url&inline';
import type {
  LinearModel,
  SolveAnswer,
  SolveLimits,
  SolveLinear,
} from '@shared/assessment/linearProgram/linearModel';

function toModelData({ columns, rows }: LinearModel, { constants }: Highs): ModelData {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    for (const { column, coefficient } of row.terms) {
      indices.push(column);
      values.push(coefficient);
    }
    starts.push(indices.length);
  }
  const { integer, continuous } = constants.variableType;
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ min }) => min),
    rowUpper: rows.map(({ max }) => max),
    integrality: columns.map(({ isInteger }) => (isInteger ? integer : continuous)),
    matrix: { format: 'csr', numRows: rows.length, numCols: columns.length, starts, indices, values },
  };
}

function solve(highs: Highs, model: LinearModel, limits: SolveLimits): SolveAnswer {
  return highs.withModel(toModelData(model, highs), (instance): SolveAnswer => {
    instance.options.set({
      output_flag: false,
      random_seed: limits.seed,
      mip_rel_gap: limits.relativeGap,
      mip_max_nodes: limits.maximumNodes,
      time_limit: limits.maximumSeconds,
    });
    instance.run();
    const status = instance.getModelStatus();
    const { infeasible, unboundedOrInfeasible, timeLimit } = highs.constants.modelStatus;
    // Every objective here is bounded below.
    if (status === infeasible || status === unboundedOrInfeasible) return { status: 'infeasible' };
    const hasSolution =
      instance.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
    if (!hasSolution) return { status: 'undecided' };
    return { status: 'solved', values: instance.getSolution().colValue, timedOut: status === timeLimit };
  });
}

/** Emscripten's own hook: the package's loader reads the binary from a file beside it, which a bundle does not have. */
interface WasmHook {
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ) => object;
}

/**
 * Loads the solver; a call of the result blocks its thread until HiGHS is done. Rejects where WebAssembly fails.
 */
export async function loadHighs(): Promise<SolveLinear> {
  const binary = Buffer.from(runtimeUrl.slice(runtimeUrl.indexOf(',') + 1), 'base64');
  const runtime = await WebAssembly.compile(binary);
  const hook: WasmHook = {
    instantiateWasm: (imports, receive) => {
      void WebAssembly.instantiate(runtime, imports).then(receive);
      return {};
    },
  };
  const highs = await highsLoader(hook as InitOptions);
  return (model, limits) => solve(highs, model, limits);
}
