/**
 * Reporting categories of a respondent from the answers S and B (question-bank-spec §5.1–5.2). The five key groups
 * are our operational rules, not an official definition; they overlap and are never added up. Every rule is
 * three-valued: what was not asked or not answered gives null, unless the other answers settle it.
 */
import { ageBandOf } from '../domain/groups';
import type { EducationLevel, KeyGroup, Residence } from '../domain/groups';
import type { Background } from '../domain/respondent';
import type { Answers } from '../questions/answer';
import { completedYears } from './age';
import type { CalendarDate } from './age';
import { and, not, or } from './expression/value';
import type { Truth } from './expression/value';

export interface Place {
  /** From the 城乡分类代码 of the place, never from the respondent. */
  readonly residence: Residence | null;
}

/** Analysis options of the spec, all off unless a report says otherwise. */
export interface GroupOptions {
  /** Farmers aged 60+ who stopped work, by last occupation, living in 乡村. */
  readonly includeStoppedFarmers?: boolean;
  /** Retired officials, by last post. */
  readonly includeRetiredCadres?: boolean;
}

/** Code of a single answer; 'none' = the question did not apply; null = not known. */
function codeOf(answers: Answers, question: string): string | null {
  const answer = answers[question];
  if (answer?.kind === 'single') return answer.code;
  return answer?.kind === 'missing' && answer.reason === 'notApplicable' ? 'none' : null;
}

/** As `codeOf`, for questions about work: all are passed over when B7 is unknown, so 88 says nothing then. */
function jobCodeOf(answers: Answers, question: string): string | null {
  const code = codeOf(answers, question);
  return code === 'none' && codeOf(answers, 'B7') === null ? null : code;
}

const isIn = (code: string | null, codes: readonly string[]): Truth =>
  code === null ? null : codes.includes(code);

function hasChosen(answers: Answers, question: string, codes: readonly string[]): Truth {
  const answer = answers[question];
  if (answer?.kind === 'multi') return answer.codes.some((code) => codes.includes(code));
  return answer?.kind === 'missing' && answer.reason === 'notApplicable' ? false : null;
}

const educationByCode: Readonly<Record<string, EducationLevel>> = {
  '1': 'primary',
  '2': 'primary',
  '3': 'junior',
  '4': 'senior',
  '5': 'college',
  '6': 'bachelor',
  '7': 'bachelor',
};

interface Facts {
  readonly answers: Answers;
  readonly age: number | null;
  readonly place: Place;
  readonly options: GroupOptions;
}

const isAtLeast = (age: number | null, years: number): Truth => (age === null ? null : age >= years);
const works = ({ answers }: Facts): Truth => isIn(codeOf(answers, 'B7'), ['1', '2']);
const isEmployee = ({ answers }: Facts): Truth => isIn(jobCodeOf(answers, 'B12'), ['1']);
const occupation = ({ answers }: Facts): string | null => jobCodeOf(answers, 'B8c');

/** Section letter of GB/T 4754; a family farm or cooperative is A without being asked. */
function industry({ answers }: Facts): string | null {
  return jobCodeOf(answers, 'B9') === '7' ? 'A' : jobCodeOf(answers, 'B10');
}

/** Students aged 18–24; below 18 everyone (a population of its own that the adult survey does not reach). */
function isYouth({ answers, age }: Facts): Truth {
  const isMinor = and(isAtLeast(age, 14), not(isAtLeast(age, 18)));
  const isStudent = and(isAtLeast(age, 18), not(isAtLeast(age, 25)), isIn(codeOf(answers, 'B7'), ['3']));
  return or(isMinor, isStudent);
}

const isFarmEmployee = (facts: Facts): Truth => and(isEmployee(facts), isIn(industry(facts), ['A']));

function isFarmer(facts: Facts): Truth {
  const { answers, age, place, options } = facts;
  const activity = codeOf(answers, 'B7');
  const farms = isIn(occupation(facts), ['5']);
  const byWork = and(works(facts), farms, not(isFarmEmployee(facts)));
  const byIncome = and(isIn(activity, ['5', '6']), isIn(jobCodeOf(answers, 'B13'), ['1']));
  if (options.includeStoppedFarmers !== true) return or(byWork, byIncome);
  const stopped = isIn(activity, ['4', '5', '6', '7']);
  const byPast = and(isAtLeast(age, 60), stopped, farms, isIn(place.residence, ['rural']));
  return or(byWork, byIncome, byPast);
}

function isWorker(facts: Facts): Truth {
  const inIndustry = and(
    isIn(industry(facts), ['B', 'C', 'D', 'E', 'G', 'I']),
    isIn(occupation(facts), ['4', '6']),
  );
  return and(works(facts), isEmployee(facts), or(inIndustry, isFarmEmployee(facts)));
}

/** B11 is passed over when B9 is unknown, so its 88 says nothing then. */
function isCadre(facts: Facts): Truth {
  const { answers, options } = facts;
  const retired = options.includeRetiredCadres === true ? isIn(codeOf(answers, 'B7'), ['4']) : false;
  const isPublicBody = isIn(jobCodeOf(answers, 'B9'), ['1', '2', '3']);
  const holdsOffice = isPublicBody === null ? null : hasChosen(answers, 'B11', ['1', '2', '3']);
  return and(or(works(facts), retired), isPublicBody, holdsOffice);
}

function sexOf(answers: Answers): Background['sex'] {
  const code = codeOf(answers, 'B1');
  if (code === '1') return 'male';
  return code === '2' ? 'female' : null;
}

/**
 * Background of one respondent. `answers` are the final answers of the interview (88 written where a question was
 * passed over); `today` is the interview date; what is unknown is null.
 * @example a 45-year-old with B7=1, B8c=5, B9=7, B12=3: farmer true, worker false
 */
export function deriveBackground(
  answers: Answers,
  today: CalendarDate,
  place: Place,
  options: GroupOptions = {},
): Background {
  const age = completedYears(answers.S1, today);
  const facts: Facts = { answers, age, place, options };
  return {
    sex: sexOf(answers),
    ageYears: age,
    ageBand: age === null ? null : ageBandOf(age),
    education: educationByCode[codeOf(answers, 'B5') ?? ''] ?? null,
    residence: place.residence,
    keyGroups: {
      youth: isYouth(facts),
      farmer: isFarmer(facts),
      worker: isWorker(facts),
      elder: isAtLeast(age, 60),
      cadre: isCadre(facts),
    },
  };
}

/** Priority of the exclusive version `grp5`, highest first. */
const exclusiveOrder: readonly KeyGroup[] = ['cadre', 'worker', 'farmer', 'elder', 'youth'];

/**
 * The exclusive version of the groups: the first that applies in the order cadre, worker, farmer, elder, youth.
 * Null when an unknown flag stands before the first certain one.
 */
export function exclusiveKeyGroup(groups: Background['keyGroups']): KeyGroup | 'other' | null {
  const decisive = exclusiveOrder.find((group) => groups[group] !== false);
  if (decisive === undefined) return 'other';
  return groups[decisive] === null ? null : decisive;
}
