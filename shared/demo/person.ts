/** One generated resident: background first, then ability from it. */
import type { AgeBand, EducationLevel, KeyGroup, Residence, Sex } from '../domain/groups';
import { ageBandOf } from '../domain/groups';
import type { SeededRandom } from '../numeric/seededRandom';

export interface DemoPerson {
  readonly sex: Sex;
  readonly ageYears: number;
  readonly ageBand: AgeBand;
  readonly education: EducationLevel;
  readonly residence: Residence;
  readonly keyGroups: Readonly<Record<KeyGroup, boolean>>;
  /** Position on the item difficulty scale. */
  readonly ability: number;
}

export interface DemoPlace {
  readonly residence: Residence;
  /** Unit mean plus PSU effect. */
  readonly ability: number;
  readonly personSpread: number;
}

type Weights<T extends string> = Readonly<Record<T, number>>;

const ageWeights: Weights<AgeBand> = { '18-29': 21, '30-39': 23, '40-49': 20, '50-59': 21, '60-69': 15 };

/** Schooling falls with age and outside the towns; shares only have to be believable. */
const educationWeights: Readonly<Record<AgeBand, Weights<EducationLevel>>> = {
  '18-29': { primary: 2, junior: 18, senior: 25, college: 27, bachelor: 28 },
  '30-39': { primary: 5, junior: 28, senior: 22, college: 22, bachelor: 23 },
  '40-49': { primary: 12, junior: 42, senior: 21, college: 14, bachelor: 11 },
  '50-59': { primary: 26, junior: 45, senior: 18, college: 7, bachelor: 4 },
  '60-69': { primary: 46, junior: 36, senior: 12, college: 4, bachelor: 2 },
};
const ruralEducation: Weights<EducationLevel> = {
  primary: 1.7,
  junior: 1.25,
  senior: 0.8,
  college: 0.55,
  bachelor: 0.4,
};

const educationEffect: Weights<EducationLevel> = {
  primary: -0.85,
  junior: -0.3,
  senior: 0.15,
  college: 0.5,
  bachelor: 0.85,
};
const ageEffect: Weights<AgeBand> = {
  '18-29': 0.12,
  '30-39': 0.08,
  '40-49': 0,
  '50-59': -0.12,
  '60-69': -0.25,
};

function pick<T extends string>(weights: Weights<T>, random: SeededRandom): T {
  const entries = Object.entries<number>(weights) as [T, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return value;
  }
  throw new Error('weights are positive');
}

const scaled = (weights: Weights<EducationLevel>, by: Weights<EducationLevel>): Weights<EducationLevel> => ({
  primary: weights.primary * by.primary,
  junior: weights.junior * by.junior,
  senior: weights.senior * by.senior,
  college: weights.college * by.college,
  bachelor: weights.bachelor * by.bachelor,
});

function ageIn(band: AgeBand, random: SeededRandom): number {
  const from = Number(band.slice(0, 2));
  return from + random.int(band === '18-29' ? 12 : 10);
}

type Background = Omit<DemoPerson, 'keyGroups' | 'ability'>;

const hasLowSchooling = ({ education }: Background): boolean =>
  education === 'primary' || education === 'junior';

/** Chance that a working person farms, works in industry, or serves in an office of the state. */
function workChances(person: Background): { farmer: number; worker: number; cadre: number } {
  const low = hasLowSchooling(person);
  const isRural = person.residence === 'rural';
  const isGraduate = person.education === 'bachelor' || person.education === 'college';
  return {
    farmer: isRural ? (low ? 0.45 : 0.12) : 0,
    worker: low ? 0.38 : 0.2,
    cadre: isGraduate ? 0.05 : 0,
  };
}

function groupsOf(person: Background, random: SeededRandom): DemoPerson['keyGroups'] {
  const works = random.next() < (person.ageYears < 60 ? 0.82 : 0.25);
  const chance = workChances(person);
  const [farming, industry, office, study] = [random.next(), random.next(), random.next(), random.next()];
  const farmer = works && farming < chance.farmer;
  return {
    youth: person.ageYears <= 24 && study < 0.35,
    farmer,
    worker: works && !farmer && industry < chance.worker,
    elder: person.ageYears >= 60,
    cadre: works && office < chance.cadre,
  };
}

/** Draws a resident of a place. */
export function drawPerson(place: DemoPlace, random: SeededRandom): DemoPerson {
  const sex: Sex = random.next() < 0.5 ? 'male' : 'female';
  const wanted = pick(ageWeights, random);
  const ageYears = ageIn(wanted, random);
  const ageBand = ageBandOf(ageYears) ?? wanted;
  const weights = educationWeights[ageBand];
  const education = pick(place.residence === 'rural' ? scaled(weights, ruralEducation) : weights, random);
  const base = { sex, ageYears, ageBand, education, residence: place.residence };
  return {
    ...base,
    keyGroups: groupsOf(base, random),
    ability:
      place.ability +
      educationEffect[education] +
      ageEffect[ageBand] +
      (sex === 'male' ? 0.04 : -0.04) +
      (place.residence === 'urban' ? 0.08 : -0.12) +
      place.personSpread * random.normal(),
  };
}
