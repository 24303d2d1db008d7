/** Small samples for the engine's tests. */
import type { Result } from '@shared/domain/result';
import {
  createSurveyDesign,
  type SurveyDesign,
  type SurveyDesignSpec,
} from '@shared/estimation/design/surveyDesign';
import { estimate, type EstimateRequest } from '@shared/estimation/estimate';
import type { Estimate } from '@shared/estimation/estimateRecord';
import { createRandom } from '@shared/numeric/seededRandom';

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export function failureOf<T>(result: Result<T>): { code: string; params: Readonly<Record<string, unknown>> } {
  if (result.ok) throw new Error('a failure was expected');
  return result.failure;
}

export const designOf = (spec: SurveyDesignSpec): SurveyDesign => valueOf(createSurveyDesign(spec));
export const estimateOf = (design: SurveyDesign, request: EstimateRequest): Estimate =>
  valueOf(estimate(design, request));
export const floats = (...values: number[]): Float64Array => Float64Array.from(values);
export const flags = (...values: number[]): Uint8Array => Uint8Array.from(values);

export interface RandomSample {
  readonly strata: string[];
  readonly psus: string[];
  readonly weights: Float64Array;
  readonly outcome: Float64Array;
  readonly score: Float64Array;
  readonly size: Float64Array;
  readonly member: Uint8Array;
  readonly sex: string[];
  readonly age: string[];
}

/** A seeded stratified two-PSU-or-more sample; the same seed gives the same rows. */
export function randomSample(seed: number): RandomSample {
  const random = createRandom(seed);
  const rows: { stratum: number; psu: number }[] = [];
  for (let stratum = 0; stratum < 3; stratum++) {
    const psuCount = 2 + random.int(4);
    for (let psu = 0; psu < psuCount; psu++) {
      const persons = 3 + random.int(8);
      for (let k = 0; k < persons; k++) rows.push({ stratum, psu });
    }
  }
  const column = (value: () => number): Float64Array => Float64Array.from(rows, value);
  return {
    strata: rows.map(({ stratum }) => `h${stratum}`),
    psus: rows.map(({ stratum, psu }) => `h${stratum}-p${psu}`),
    weights: column(() => 50 + 900 * random.next()),
    outcome: column(() => random.int(2)),
    score: column(() => 50 + 15 * random.normal()),
    size: column(() => 1 + random.int(3)),
    member: Uint8Array.from(rows, (_, row) => (row < 2 ? row : random.int(2))),
    sex: rows.map(
      (_, row) => (row < 2 ? ['F', 'M'] : ['F', 'M', 'F', 'M'])[row < 2 ? row : random.int(4)] ?? 'F',
    ),
    age: rows.map((_, row) => ['青年', '中年', '老年'][row < 3 ? row : random.int(3)] ?? '青年'),
  };
}

export const designFrom = (sample: RandomSample, extra: Partial<SurveyDesignSpec> = {}): SurveyDesign =>
  designOf({
    stages: [{ units: sample.psus, strata: sample.strata }],
    weights: sample.weights,
    ...extra,
  });
