/** One row of the table to one RespondentRecord. Missing stays null; nothing is filled in. */
import { ageBandOf, keyGroups, type KeyGroup } from '../domain/groups';
import type { Disposition } from '../domain/disposition';
import { isIneligible } from '../domain/disposition';
import type { Background, DesignVariables, RespondentRecord } from '../domain/respondent';
import type { Answer } from '../questions/answer';
import {
  ageBandWords,
  dispositionWords,
  educationWords,
  modeWords,
  readCategory,
  readFlag,
  residenceWords,
  sexWords,
} from './backgroundCells';
import type { ImportContext } from './context';
import { createAnswerReader, readMarkCell } from './itemCells';
import {
  ageFromMonths,
  readAge,
  readBirth,
  readCount,
  readInterviewMonth,
  readWeight,
  type YearMonth,
} from './numberCells';
import { read, refuse, type CellReading, type ImportProblemCode } from './problems';
import { createRegionReader, type RegionReader } from './regionCells';
import { leavesBlank, take, takeRole, type RowSource } from './rowSource';
import type { SingleRole } from './roles';
import { cellText, type Cell } from './table';

/** What every row of one table shares. */
export interface RowPlan {
  readonly context: ImportContext;
  /** Readers by `item:<id>` and `question:<code>`. */
  readonly readerOf: ReadonlyMap<string, (cell: Cell) => CellReading<Answer | null>>;
  readonly readRegion: RegionReader;
}

export function createRowPlan(context: ImportContext): RowPlan {
  const items = context.form.items.map((item) => [`item:${item.itemId}`, createAnswerReader(item)] as const);
  const questions = (context.questions ?? []).map(
    (question) => [`question:${question.code}`, createAnswerReader(question)] as const,
  );
  return {
    context,
    readerOf: new Map([...items, ...questions]),
    readRegion: createRegionReader(context.regions),
  };
}

const codeLimit = 80;

/** Identifier as typed. Numbers beyond 15 digits have lost digits in the spreadsheet and are refused. */
function readCode(cell: Cell): CellReading<string> {
  const isExact = typeof cell !== 'number' || Number.isSafeInteger(cell);
  const text = cellText(cell);
  if (!isExact && !Number.isFinite(Number(text))) return refuse('CASE_CODE_INVALID');
  if (text.length > codeLimit) return refuse('TEXT_TOO_LONG', { limit: codeLimit });
  return isExact || Math.abs(Number(text)) < 1e15 ? read(text) : refuse('CASE_CODE_INVALID');
}

function readDesign(source: RowSource): DesignVariables {
  return {
    stratum: takeRole(source, 'stratum', readCode),
    psu: takeRole(source, 'psu', readCode),
    ssu: takeRole(source, 'ssu', readCode),
    baseWeight: takeRole(source, 'weight', readWeight),
    populationPsuCount: takeRole(source, 'populationPsuCount', readCount),
    populationSsuCount: takeRole(source, 'populationSsuCount', readCount),
  };
}

function fieldworkMonth(plan: RowPlan): YearMonth | null {
  const [year, month] = (plan.context.fieldworkMonth ?? '').split('-').map(Number);
  return year && month ? { year, month } : null;
}

interface AgeReading {
  readonly years: number | null;
  /** A birth month is given and no month to count to. */
  readonly isUndated: boolean;
}

/** Completed years: as given, else from birth month and interview month. */
function readAgeYears(source: RowSource, plan: RowPlan): AgeReading {
  const given = takeRole(source, 'age', readAge);
  const birth = takeRole(source, 'birthYearMonth', readBirth);
  const interview = takeRole(source, 'interviewDate', readInterviewMonth) ?? fieldworkMonth(plan);
  if (given !== null || birth === null) return { years: given, isUndated: false };
  if (!interview) return { years: null, isUndated: true };
  const age = ageFromMonths(birth, interview);
  if (age >= 0 && age <= 120) return { years: age, isUndated: false };
  const column = source.columns.single.get('birthYearMonth') ?? null;
  source.report('error', column, { code: 'AGE_NOT_VALID', params: {} });
  return { years: null, isUndated: false };
}

function readKeyGroups(source: RowSource, ageYears: number | null): Background['keyGroups'] {
  const flags = new Map<string, boolean | null>();
  if (ageYears !== null) flags.set('elder', ageYears >= 60);
  for (const { target, column } of source.columns.keyGroups)
    flags.set(target ?? '', take(source, column, readFlag));
  const flag = (group: KeyGroup): boolean | null => flags.get(group) ?? null;
  return Object.fromEntries(keyGroups.map((group) => [group, flag(group)])) as Background['keyGroups'];
}

function readBackground(source: RowSource, ageYears: number | null): Background {
  const derivedBand = ageYears === null ? null : ageBandOf(ageYears);
  const givenBand = takeRole(source, 'ageBand', (cell) => readCategory(cell, ageBandWords));
  if (givenBand !== null && ageYears !== null && givenBand !== derivedBand) {
    const column = source.columns.single.get('ageBand') ?? null;
    source.report('error', column, { code: 'AGE_BAND_CONFLICT', params: { age: ageYears } });
  }
  return {
    sex: takeRole(source, 'sex', (cell) => readCategory(cell, sexWords)),
    ageYears,
    ageBand: derivedBand ?? givenBand,
    education: takeRole(source, 'education', (cell) => readCategory(cell, educationWords)),
    residence: takeRole(source, 'residence', (cell) => readCategory(cell, residenceWords)),
    keyGroups: readKeyGroups(source, ageYears),
  };
}

interface RowAnswers {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly marks: Readonly<Record<string, 0 | 1>>;
  readonly itemCount: number;
}

function readAnswers(source: RowSource, plan: RowPlan): RowAnswers {
  const answers: [string, Answer][] = [];
  const marks: [string, 0 | 1][] = [];
  for (const { role, target, column } of [...source.columns.items, ...source.columns.questions]) {
    const id = target ?? '';
    if (role === 'itemMark') {
      const mark = take(source, column, readMarkCell);
      if (mark !== null) marks.push([id, mark]);
      continue;
    }
    const reader = plan.readerOf.get(`${role}:${id}`);
    const answer = reader ? take(source, column, reader) : null;
    if (answer) answers.push([id, answer]);
  }
  const questionIds = new Set(source.columns.questions.map(({ target }) => target));
  const itemAnswers = answers.filter(([id]) => !questionIds.has(id)).length;
  return {
    answers: Object.fromEntries(answers),
    marks: Object.fromEntries(marks),
    itemCount: itemAnswers + marks.length,
  };
}

/** Outcome as given; without one, a row with item answers is complete and a row without is of unknown eligibility. */
function readDisposition(source: RowSource, answeredItems: number): Disposition {
  const given = takeRole(source, 'disposition', (cell) => readCategory(cell, dispositionWords));
  if (given) return given;
  if (answeredItems > 0) return 'complete';
  source.report('warning', null, { code: 'ROW_WITHOUT_ANSWERS', params: {} });
  return 'unknownEligibility';
}

const isRespondent = (disposition: Disposition): boolean =>
  disposition === 'complete' || disposition === 'partial';

const ageColumn = ({ columns }: RowSource): number | null =>
  columns.single.get('age') ?? columns.single.get('birthYearMonth') ?? null;

/** Ages outside 18–69: the case becomes ineligible, or an error when the table itself calls it completed. */
function checkAge(source: RowSource, ageYears: number | null, disposition: Disposition): Disposition {
  const isTarget = ageYears === null || ageBandOf(ageYears) !== null;
  if (isTarget || isIneligible(disposition)) return disposition;
  const isStated = source.columns.single.has('disposition') && !leavesBlank(source, 'disposition');
  if (isStated && !isRespondent(disposition)) return disposition;
  const problem = { code: 'AGE_OUT_OF_RANGE', params: { age: ageYears } } as const;
  source.report(isStated ? 'error' : 'warning', ageColumn(source), problem);
  return 'ineligibleAge';
}

/** Without age or age band a respondent cannot be known to belong to the 18–69 population. */
function checkUndatedAge(source: RowSource, { ageBand }: Background, disposition: Disposition): void {
  const severity = isRespondent(disposition) && ageBand === null ? 'error' : 'warning';
  const column = source.columns.single.get('birthYearMonth') ?? null;
  source.report(severity, column, { code: 'AGE_NOT_DERIVED', params: {} });
}

/** A respondent must carry every design value whose column exists; other cases may leave them blank. */
function checkRequired(source: RowSource): void {
  const required: readonly (readonly [SingleRole, ImportProblemCode])[] = [
    ['region', 'REQUIRED_EMPTY'],
    ['stratum', 'STRATUM_MISSING'],
    ['psu', 'REQUIRED_EMPTY'],
    ['weight', 'REQUIRED_EMPTY'],
  ];
  for (const [role, code] of required) {
    if (!leavesBlank(source, role)) continue;
    source.report('error', source.columns.single.get(role) ?? null, { code, params: { role } });
  }
}

function checkBlanks(source: RowSource, answeredItems: number): void {
  const expected = source.columns.items.length;
  if (answeredItems * 2 >= expected) return;
  const params = { answered: answeredItems, expected };
  source.report('warning', null, { code: 'MANY_BLANKS', params });
}

function readRegionCode(source: RowSource, plan: RowPlan): string | null {
  if (source.columns.single.has('region')) return takeRole(source, 'region', plan.readRegion);
  const [only, ...others] = plan.context.regions;
  return only && others.length === 0 ? only.code : null;
}

export interface ReadRow {
  readonly record: RespondentRecord;
  /** Marks by item id where the table holds 0/1 instead of answers; null when no column does. */
  readonly itemMarks: Readonly<Record<string, 0 | 1>> | null;
}

/** Reads one row; problems go to `source.report` and leave null in the record. */
export function readRow(source: RowSource, plan: RowPlan): ReadRow {
  const caseCode = takeRole(source, 'caseCode', readCode);
  if (leavesBlank(source, 'caseCode')) {
    const column = source.columns.single.get('caseCode') ?? null;
    source.report('error', column, { code: 'REQUIRED_EMPTY', params: { role: 'caseCode' } });
  }
  const { answers, marks, itemCount } = readAnswers(source, plan);
  const age = readAgeYears(source, plan);
  const background = readBackground(source, age.years);
  const disposition = checkAge(source, age.years, readDisposition(source, itemCount));
  if (age.isUndated) checkUndatedAge(source, background, disposition);
  if (isRespondent(disposition)) {
    checkRequired(source);
    checkBlanks(source, itemCount);
  }
  const record: RespondentRecord = {
    caseCode: caseCode ?? '',
    regionCode: readRegionCode(source, plan),
    disposition,
    mode: takeRole(source, 'mode', (cell) => readCategory(cell, modeWords)) ?? 'unknown',
    design: readDesign(source),
    background,
    answers,
  };
  return { record, itemMarks: source.columns.hasMarks ? marks : null };
}
