/** A fixed population of strata and PSUs with a wanted design effect, and samples from it. All from one seed. */
import { betaQuantile } from '../../shared/numeric/distributions';
import { createRandom, type SeededRandom } from '../../shared/numeric/seededRandom';

export interface Setting {
  /** Respondents and PSUs of a sample; strata have equally many PSUs. */
  readonly respondents: number;
  readonly psus: number;
  readonly strata: number;
  /** Mean share over the strata. */
  readonly share: number;
  /** (1 + (m - 1) rho) (1 + cv^2 of the weights), Kish 1965. */
  readonly designEffect: number;
}

interface Psu {
  readonly share: number;
  readonly size: number;
}

export interface Population {
  readonly setting: Setting;
  readonly strata: readonly (readonly Psu[])[];
  /** Share of the population: what intervals should cover. */
  readonly truth: number;
  readonly weightsVary: boolean;
}

export interface Sample {
  readonly strata: Int32Array;
  readonly psus: Int32Array;
  readonly weights: Float64Array;
  readonly outcome: Float64Array;
}

const PSUS_PER_STRATUM = 500;
/** 1 + cv^2 of sizes uniform on 0.5..1.5 and of one to three adults: (1 + 1/12) (1 + 1/6). */
const WEIGHTING_EFFECT = (13 / 12) * (7 / 6);

export const personsPerPsu = ({ respondents, psus }: Setting): number => Math.round(respondents / psus);

/** Beta-distributed PSU shares have the intraclass correlation 1/(a + b + 1); strata differ by 30 % up and down. */
export function createPopulation(setting: Setting, seed: number | string): Population {
  const random = createRandom(seed);
  const weightsVary = setting.designEffect >= WEIGHTING_EFFECT;
  const clustering = setting.designEffect / (weightsVary ? WEIGHTING_EFFECT : 1);
  const correlation = (clustering - 1) / (personsPerPsu(setting) - 1);
  const strata = Array.from({ length: setting.strata }, (_, stratum) => {
    const place = setting.strata === 1 ? 0 : (2 * stratum) / (setting.strata - 1) - 1;
    return psusOf(setting.share * (1 + 0.3 * place), correlation, weightsVary ? random : null);
  });
  let size = 0;
  let events = 0;
  for (const psu of strata.flat()) {
    size += psu.size;
    events += psu.size * psu.share;
  }
  return { setting, strata, truth: events / size, weightsVary };
}

function psusOf(share: number, correlation: number, random: SeededRandom | null): Psu[] {
  const mass = correlation > 1e-9 ? 1 / correlation - 1 : Infinity;
  return Array.from({ length: PSUS_PER_STRATUM }, (_, index) => ({
    share:
      mass === Infinity
        ? share
        : betaQuantile((index + 0.5) / PSUS_PER_STRATUM, mass * share, mass * (1 - share)),
    size: random === null ? 1 : 0.5 + random.next(),
  }));
}

/** PSUs with replacement and equal chances, the same number of persons in each; one of one to three adults answers. */
export function drawSample(population: Population, random: SeededRandom): Sample {
  const { setting, strata, weightsVary } = population;
  const take = personsPerPsu(setting);
  const perStratum = setting.psus / setting.strata;
  const rows = setting.psus * take;
  const sample = {
    strata: new Int32Array(rows),
    psus: new Int32Array(rows),
    weights: new Float64Array(rows),
    outcome: new Float64Array(rows),
  };
  for (let row = 0, psu = { share: 0, size: 0 }; row < rows; row++) {
    const unit = Math.floor(row / take);
    const stratum = Math.floor(unit / perStratum);
    if (row % take === 0) psu = strata[stratum]?.[random.int(PSUS_PER_STRATUM)] ?? psu;
    sample.strata[row] = stratum;
    sample.psus[row] = unit;
    sample.weights[row] = 1000 * psu.size * (weightsVary ? 1 + random.int(3) : 1);
    sample.outcome[row] = random.next() < psu.share ? 1 : 0;
  }
  return sample;
}
