/**
 * A believable survey for training: units as strata, PSUs drawn with probability proportional to size, one adult
 * per household, nonresponse, answers from an IRT model. The same seed gives the same survey on every machine.
 * Always 演示数据: nothing here describes a real place.
 */
import type { BankItem } from '../assessment/bank';
import type { Disposition } from '../domain/disposition';
import { ageBands, educationLevels, residences, sexes } from '../domain/groups';
import type { RespondentRecord } from '../domain/respondent';
import { createRandom } from '../numeric/seededRandom';
import type { SeededRandom } from '../numeric/seededRandom';
import type { MarginTable } from '../weighting/margins';
import { answerItem } from './answering';
import type { DemoPlanParameters } from './demoParameters';
import type { DemoPerson } from './person';
import { drawPerson } from './person';

export interface DemoRequest {
  readonly planId: string;
  readonly unitCodes: readonly string[];
  readonly parameters: DemoPlanParameters;
  readonly items: readonly BankItem[];
  /** Completed interviews aimed at; nonresponse is issued on top. */
  readonly respondents: number;
  readonly seed: number;
}

export interface DemoSurvey {
  readonly records: readonly RespondentRecord[];
  /** Totals of the generated population, to calibrate to. */
  readonly margins: readonly MarginTable[];
}

const targetPsuCount = 100;
const fewestPsusPerUnit = 6;
/** Share of addresses where nobody aged 18–69 lives for half a year. */
const ineligibleShare = 0.06;
const nonresponseKinds: readonly (readonly [Disposition, number])[] = [
  ['refusal', 0.48],
  ['nonContact', 0.34],
  ['breakOff', 0.07],
  ['unable', 0.06],
  ['unknownEligibility', 0.05],
];

interface Psu {
  readonly unitCode: string;
  readonly code: string;
  readonly residence: 'urban' | 'rural';
  readonly ability: number;
  /** Base weight of an issued household with one eligible adult. */
  readonly householdWeight: number;
}

interface Issued {
  readonly record: RespondentRecord;
  readonly person: DemoPerson;
  readonly isEligible: boolean;
}

const psusPerUnit = (unitCount: number): number =>
  Math.max(fewestPsusPerUnit, Math.round(targetPsuCount / unitCount));

/** Two to three adults live in a household on average; one of them is drawn. */
const meanAdults = 2.2;

function drawPsus(request: DemoRequest, issuedPerPsu: number, random: SeededRandom): readonly Psu[] {
  const { parameters, unitCodes } = request;
  const sizes = unitCodes.map(() => Math.exp(0.35 * random.normal()));
  const totalSize = sizes.reduce((sum, size) => sum + size, 0);
  const perUnit = psusPerUnit(unitCodes.length);
  return unitCodes.flatMap((unitCode, index) => {
    const population = (parameters.population * (sizes[index] ?? 1)) / totalSize;
    const unitAbility = parameters.meanAbility + parameters.unitSpread * random.normal();
    return Array.from({ length: perUnit }, (_unused, psu) => ({
      unitCode,
      code: `${unitCode}-${String(psu + 1).padStart(2, '0')}`,
      residence: random.next() < parameters.urbanShare ? ('urban' as const) : ('rural' as const),
      ability: unitAbility + parameters.psuSpread * random.normal(),
      householdWeight: population / (perUnit * issuedPerPsu * (1 - ineligibleShare) * meanAdults),
    }));
  });
}

function pickNonresponse(random: SeededRandom): Disposition {
  let left = random.next();
  for (const [disposition, share] of nonresponseKinds) {
    left -= share;
    if (left < 0) return disposition;
  }
  return 'refusal';
}

/** Older people and the better schooled answer the door a little more often. */
function dispositionOf(person: DemoPerson, responseRate: number, random: SeededRandom): Disposition {
  const age = (person.ageYears - 43) * 0.0035;
  const schooling = person.education === 'primary' ? -0.05 : person.education === 'bachelor' ? 0.04 : 0;
  return random.next() < responseRate + age + schooling ? 'complete' : pickNonresponse(random);
}

function issueCase(psu: Psu, number: number, request: DemoRequest, random: SeededRandom): Issued {
  const person = drawPerson({ ...psu, personSpread: request.parameters.personSpread }, random);
  const isEligible = random.next() >= ineligibleShare;
  const adults = 1 + random.int(3) + (random.next() < 0.2 ? 1 : 0);
  const disposition = isEligible
    ? dispositionOf(person, request.parameters.responseRate, random)
    : random.next() < 0.6
      ? 'ineligibleAge'
      : 'ineligibleResidence';
  const { sex, ageYears, ageBand, education, residence, keyGroups } = person;
  const isComplete = disposition === 'complete';
  const record: RespondentRecord = {
    caseCode: `D${String(number).padStart(6, '0')}`,
    regionCode: psu.unitCode,
    disposition,
    mode: isComplete && random.next() < 0.3 ? 'selfAdministered' : 'interviewer',
    design: {
      stratum: psu.unitCode,
      psu: psu.code,
      ssu: null,
      baseWeight: isEligible ? psu.householdWeight * adults : null,
      populationPsuCount: null,
      populationSsuCount: null,
    },
    background: { sex, ageYears, ageBand, education, residence, keyGroups },
    answers: isComplete
      ? Object.fromEntries(request.items.map((item) => [item.id, answerItem(item, person.ability, random)]))
      : {},
  };
  return { record, person, isEligible };
}

/** Whole persons that add up to `total`, by largest remainders. */
function roundTo(total: number, values: readonly number[]): readonly number[] {
  const sum = values.reduce((all, value) => all + value, 0);
  const exact = values.map((value) => (value * total) / sum);
  const floors = exact.map(Math.floor);
  const missing = total - floors.reduce((all, value) => all + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return floors.map((value, index) => value + (raised.has(index) ? 1 : 0));
}

/** Margins of the generated population, estimated from everybody issued, respondents or not. */
function marginsOf(issued: readonly Issued[], population: number): readonly MarginTable[] {
  const margin = (
    variable: 'sex' | 'ageBand' | 'education' | 'residence',
    categories: readonly string[],
  ): MarginTable => {
    const sums = categories.map((category) =>
      issued.reduce(
        (sum, { record, person, isEligible }) =>
          sum + (isEligible && person[variable] === category ? (record.design.baseWeight ?? 0) : 0),
        0,
      ),
    );
    const totals = roundTo(population, sums);
    return {
      variables: [variable],
      cells: categories.map((category, index) => ({ categories: [category], total: totals[index] ?? 0 })),
    };
  };
  return [
    margin('sex', sexes),
    margin('ageBand', ageBands),
    margin('education', educationLevels),
    margin('residence', residences),
  ];
}

/** Generates the survey. Deterministic in `seed`, plan, units and items. */
export function generateDemo(request: DemoRequest): DemoSurvey {
  const random = createRandom(`demo/${request.planId}/${request.seed}`);
  const psuCount = psusPerUnit(request.unitCodes.length) * request.unitCodes.length;
  const issuedPerPsu = Math.ceil(
    request.respondents / psuCount / request.parameters.responseRate / (1 - ineligibleShare),
  );
  const psus = drawPsus(request, issuedPerPsu, random);
  const issued = psus.flatMap((psu, index) =>
    Array.from({ length: issuedPerPsu }, (_unused, serial) =>
      issueCase(psu, index * issuedPerPsu + serial + 1, request, random),
    ),
  );
  return {
    records: issued.map(({ record }) => record),
    margins: marginsOf(issued, request.parameters.population),
  };
}
