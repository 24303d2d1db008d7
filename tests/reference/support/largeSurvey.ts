/**
 * The generated survey of 300,000 rows: same bits in every language (32-bit LCG, no transcendental functions).
 * Other numbers of PSUs give surveys of the same make for benchmarks.
 */
export interface LargeSurvey {
  readonly stratum: Int32Array;
  readonly psu: Int32Array;
  readonly region: Int32Array;
  readonly sex: Int32Array;
  readonly group: Int32Array;
  readonly education: Int32Array;
  readonly weight: Float64Array;
  readonly literate: Float64Array;
}

const STRATA = 31;
const PERSONS = 100;

const PSUS = 3_000;
const educationOf = (u: number): number => (u < 0.25 ? 1 : u < 0.6 ? 2 : u < 0.82 ? 3 : 4);

export function largeSurvey(seed: number, psuCount = PSUS): LargeSurvey {
  const rowCount = psuCount * PERSONS;
  /** PSUs are shared out evenly, the first strata take one more: 97 and 96 for 3,000. */
  const psuCountOf = (stratum: number): number =>
    Math.floor(psuCount / STRATA) + (stratum <= psuCount % STRATA ? 1 : 0);
  let state = seed >>> 0;
  const draw = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const whole = (): Int32Array => new Int32Array(rowCount);
  const survey = {
    stratum: whole(),
    psu: whole(),
    region: whole(),
    sex: whole(),
    group: whole(),
    education: whole(),
    weight: new Float64Array(rowCount),
    literate: new Float64Array(rowCount),
  };
  let row = 0;
  let psu = 0;
  const fillPsu = (stratum: number, stratumEffect: number): void => {
    const psuEffect = (draw() - 0.5) * 0.16;
    const psuWeight = 400 * (1 + 3 * draw());
    const urban = draw() < 0.6 ? 1 : 0;
    psu++;
    for (let k = 0; k < PERSONS; k++, row++) {
      const [x1, x2, x3, x4, x5] = [draw(), draw(), draw(), draw(), draw()];
      draw();
      const group = 1 + Math.floor(5 * x2);
      const education = educationOf(x3);
      const share =
        0.04 + 0.05 * (education - 1) + 0.02 * (5 - group) + 0.03 * urban + stratumEffect + psuEffect;
      survey.stratum[row] = stratum;
      survey.psu[row] = psu;
      survey.region[row] = ((stratum - 1) % 20) + 1;
      survey.sex[row] = x1 < 0.52 ? 1 : 2;
      survey.group[row] = group;
      survey.education[row] = education;
      survey.weight[row] = psuWeight * (1 + Math.floor(3 * x4));
      survey.literate[row] = x5 < Math.min(0.9, Math.max(0.005, share)) ? 1 : 0;
    }
  };
  for (let stratum = 1; stratum <= STRATA; stratum++) {
    const stratumEffect = (draw() - 0.5) * 0.1;
    for (let i = 0; i < psuCountOf(stratum); i++) fillPsu(stratum, stratumEffect);
  }
  return survey;
}
