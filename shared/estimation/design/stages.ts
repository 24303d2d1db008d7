/**
 * Turns the columns of a sampling design into coded stages: which unit every row belongs to, which stratum
 * every unit belongs to, and the factor its sum of squares enters the variance with.
 */
import { fail, ok, type Result } from '../../domain/result';
import { codeColumn, nestCodes, type CodedColumn, type IdColumn } from './idColumn';
import type { FinitePopulation, SinglePsuRule, StageSpec, SurveyDesignSpec } from './designSpec';
import { addAt, at, intAt } from '../../numeric/typedArray';

export interface DesignStage {
  readonly unitOfRow: Int32Array;
  readonly unitCount: number;
  readonly stratumOfUnit: Int32Array;
  readonly stratumOfRow: Int32Array;
  readonly stratumCount: number;
  /** Unit of the stage above; empty at the first stage. */
  readonly parentOfUnit: Int32Array;
  readonly sampledUnitCount: Int32Array;
  /** n/N per stratum; 0 when drawn with replacement. */
  readonly samplingFraction: Float64Array;
  /** Product of the sampling fractions of the stages above, per stratum; 1 at the first stage. */
  readonly earlierFraction: Float64Array;
  /**
   * Factor of each stratum's sum of squared deviations: product of the earlier sampling fractions
   * times (1 - f) n / (n - 1); for a single unit without census 0, or (1 - f) under the rule `adjust`.
   */
  readonly scale: Float64Array;
  /** 1 for strata with one sampled unit that is not a census. */
  readonly isSingle: Uint8Array;
  readonly unitLabels: readonly string[];
  readonly stratumLabels: readonly string[];
}

/** Codes all stages that can add variance; see `createSurveyDesign` for the failures. */
export function buildStages(
  spec: SurveyDesignSpec,
  rowCount: number,
  rule: SinglePsuRule,
): Result<readonly DesignStage[]> {
  const specs = spec.stages.length > 0 ? spec.stages : [{ units: rowNumbers(rowCount) }];
  const stages: DesignStage[] = [];
  for (const [index, stageSpec] of specs.entries()) {
    const above = stages[index - 1];
    if (
      above !== undefined &&
      (spec.ultimateCluster === true || !above.samplingFraction.some((f) => f > 0))
    ) {
      break;
    }
    const stage = buildStage({
      spec: stageSpec,
      index,
      rowCount,
      above,
      rule,
      nest: spec.nest === true,
      probabilities: index === 0 ? (spec.unequalProbabilities?.inclusionProbabilities ?? null) : null,
    });
    if (!stage.ok) return stage;
    stages.push(stage.value);
  }
  return ok(stages);
}

const rowNumbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

interface StageInput {
  readonly spec: StageSpec;
  readonly index: number;
  readonly rowCount: number;
  readonly above: DesignStage | undefined;
  readonly rule: SinglePsuRule;
  readonly nest: boolean;
  /** Unequal selection probabilities of the stage's units, one per row. */
  readonly probabilities: ArrayLike<number> | null;
}

function codeRequired(column: IdColumn, variable: string, rowCount: number): Result<CodedColumn> {
  if (column.length !== rowCount) throw new Error(`${variable}: one identifier per row is required`);
  const coded = codeColumn(column);
  return coded.missingRow >= 0
    ? fail('DESIGN_VARIABLE_MISSING', { variable, row: coded.missingRow + 1 })
    : ok(coded);
}

function buildStage(input: StageInput): Result<DesignStage> {
  const { spec, index, above } = input;
  const columns = codeStage(input);
  if (!columns.ok) return columns;
  const { units, strata } = columns.value;
  const stratumOfUnit = stratumByUnit(units, strata);
  if (!stratumOfUnit.ok) return stratumOfUnit;

  const sampledUnitCount = new Int32Array(strata.labels.length);
  for (const stratum of stratumOfUnit.value) addAt(sampledUnitCount, stratum, 1);
  const samplingFraction = input.probabilities
    ? ok(censusFractions(strata, input.probabilities))
    : fractions(spec, { strata, sampledUnitCount, stage: index + 1 });
  if (!samplingFraction.ok) return samplingFraction;

  const coded = {
    unitOfRow: units.codes,
    unitCount: units.labels.length,
    stratumOfUnit: stratumOfUnit.value,
    stratumOfRow: strata.codes,
    stratumCount: strata.labels.length,
    parentOfUnit: above ? parents(units.codes, above.unitOfRow, units.labels.length) : new Int32Array(0),
    sampledUnitCount,
    samplingFraction: samplingFraction.value,
    unitLabels: units.labels,
    stratumLabels: strata.labels,
  };
  return withScales(coded, input);
}

/** Codes units and strata; below the first stage both are told apart by the unit above. */
function codeStage(input: StageInput): Result<{ readonly units: CodedColumn; readonly strata: CodedColumn }> {
  const { spec, index, rowCount, above } = input;
  const units = codeRequired(spec.units, `units${index + 1}`, rowCount);
  if (!units.ok) return units;
  const strata = spec.strata
    ? codeRequired(spec.strata, `strata${index + 1}`, rowCount)
    : ok({ codes: new Int32Array(rowCount), labels: [''], firstRows: [0], missingRow: -1 });
  if (!strata.ok) return strata;
  const nestedStrata = above ? nestCodes(above.unitOfRow, strata.value) : strata.value;
  const nestUnits = above !== undefined || input.nest;
  return ok({
    units: nestUnits ? nestCodes(nestedStrata.codes, units.value) : units.value,
    strata: nestedStrata,
  });
}

function stratumByUnit(units: CodedColumn, strata: CodedColumn): Result<Int32Array> {
  const stratumOfUnit = new Int32Array(units.labels.length).fill(-1);
  for (let row = 0; row < units.codes.length; row++) {
    const unit = intAt(units.codes, row);
    const stratum = intAt(strata.codes, row);
    const known = stratumOfUnit[unit] ?? -1;
    if (known === -1) stratumOfUnit[unit] = stratum;
    else if (known !== stratum) {
      return fail('PSU_IN_TWO_STRATA', {
        psu: units.labels[unit] ?? '',
        stratum: strata.labels[known] ?? '',
        otherStratum: strata.labels[stratum] ?? '',
      });
    }
  }
  return ok(stratumOfUnit);
}

function parents(unitOfRow: Int32Array, parentOfRow: Int32Array, unitCount: number): Int32Array {
  const parentOfUnit = new Int32Array(unitCount);
  for (let row = 0; row < unitOfRow.length; row++) parentOfUnit[at(unitOfRow, row)] = at(parentOfRow, row);
  return parentOfUnit;
}

interface CodedStrata {
  readonly strata: CodedColumn;
  readonly sampledUnitCount: Int32Array;
  readonly stage: number;
}

/** 1 for strata whose units were all drawn for certain, else 0: the probabilities enter the variance per unit. */
function censusFractions(strata: CodedColumn, probabilities: ArrayLike<number>): Float64Array {
  const census = new Float64Array(strata.labels.length).fill(1);
  strata.codes.forEach((stratum, row) => {
    if (!((probabilities[row] ?? NaN) >= 1 - 1e-12)) census[stratum] = 0;
  });
  return census;
}

function fractions(spec: StageSpec, coded: CodedStrata): Result<Float64Array> {
  const { strata, sampledUnitCount, stage } = coded;
  const samplingFraction = new Float64Array(strata.labels.length);
  const population = spec.finitePopulation;
  if (!population) return ok(samplingFraction);
  for (let row = 0; row < strata.codes.length; row++) {
    const stratum = at(strata.codes, row);
    const fraction = Math.min(fractionOf(population, row, at(sampledUnitCount, stratum)), 1);
    const known = at(samplingFraction, stratum);
    if (!(fraction > 0) || (known !== 0 && known !== fraction)) {
      return fail('FPC_INVALID', { stage, stratum: strata.labels[stratum] ?? '', row: row + 1 });
    }
    samplingFraction[stratum] = fraction;
  }
  return ok(samplingFraction);
}

/** n/N of the stratum of a row; NaN when it is missing or above 1. */
function fractionOf(population: FinitePopulation, row: number, sampledUnitCount: number): number {
  const value = population.values[row] ?? NaN;
  const fraction = population.kind === 'samplingFraction' ? value : sampledUnitCount / value;
  return fraction <= 1 + 1e-12 ? fraction : NaN;
}

type UnscaledStage = Omit<DesignStage, 'scale' | 'isSingle' | 'earlierFraction'>;

function withScales(coded: UnscaledStage, input: StageInput): Result<DesignStage> {
  const { above, rule, index } = input;
  const scale = new Float64Array(coded.stratumCount);
  const isSingle = new Uint8Array(coded.stratumCount);
  const earlierFraction = earlierFractions(coded, above);
  for (let stratum = 0; stratum < coded.stratumCount; stratum++) {
    const n = at(coded.sampledUnitCount, stratum);
    const unsampled = 1 - at(coded.samplingFraction, stratum);
    const factor = at(earlierFraction, stratum) * unsampled;
    if (n > 1) scale[stratum] = (factor * n) / (n - 1);
    else if (factor > 0) {
      isSingle[stratum] = 1;
      if (rule === 'adjust') scale[stratum] = factor;
    }
  }
  if (rule === 'fail' && isSingle.includes(1)) {
    const stratum = nameOfStratum(coded, isSingle.indexOf(1), above);
    const count = isSingle.reduce((sum, single) => sum + single, 0);
    return fail('SINGLE_PSU_STRATUM', { stratum, stage: index + 1, count });
  }
  return ok({ ...coded, earlierFraction, scale, isSingle });
}

/** Below the first stage a stratum is named by the unit it lies in. */
function nameOfStratum(coded: UnscaledStage, stratum: number, above: DesignStage | undefined): string {
  if (above === undefined) return coded.stratumLabels[stratum] ?? '';
  const parent = at(coded.parentOfUnit, coded.stratumOfUnit.indexOf(stratum));
  return above.unitLabels[parent] ?? '';
}

/** What the within-unit variance of each stratum is multiplied by. */
function earlierFractions(coded: UnscaledStage, above: DesignStage | undefined): Float64Array {
  const earlier = new Float64Array(coded.stratumCount);
  if (above === undefined) return earlier.fill(1);
  for (let unit = 0; unit < coded.unitCount; unit++) {
    const aboveStratum = at(above.stratumOfUnit, at(coded.parentOfUnit, unit));
    earlier[at(coded.stratumOfUnit, unit)] =
      at(above.earlierFraction, aboveStratum) * at(above.samplingFraction, aboveStratum);
  }
  return earlier;
}
