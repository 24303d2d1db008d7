/**
 * Everything about a definition that its schema cannot say. A definition is used only when this finds nothing:
 * expressions parse, name what exists, compare what can be compared and look back only; codes are unique and leave
 * 88, 98, 99 alone; stand-ins fit their question; every question can be reached.
 */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import { moduleIds } from '../domain/survey';
import type { Question } from '../questions/kinds';
import { missingCodes } from '../questions/missing';
import { validateAnswer } from '../questions/registry';
import { definitionSchema, questionsOf, toQuestion } from './definition';
import type { DefinitionQuestion, QuestionnaireDefinition, QuestionSection } from './definition';
import { checkCondition, checkExpression, typeOfQuestion } from './expression/check';
import type { Scope, ScopeSymbol, StaticType } from './expression/check';
import { parseExpression } from './expression/parse';
import { unreachableSteps } from './reachability';
import { buildScript, interviewModes, modeName } from './script';

export interface DefinitionProblem {
  /** Question, section or derived code, with the part it is about: `B7 relevant`. */
  readonly where: string;
  readonly problem: string;
  /** 0-based offset in the expression; −1 when it is not about an expression. */
  readonly position: number;
  readonly detail: string;
}

type Report = (where: string, problem: string, detail: string, position?: number) => void;

interface Names {
  readonly symbols: ReadonlyMap<string, ScopeSymbol>;
  readonly ageIndex: number;
}

interface PlacedExpression {
  readonly where: string;
  readonly text: string;
  readonly lastIndex: number;
}

const scopeOf = (names: Names, lastIndex: number): Scope => ({
  lookup: (name) => names.symbols.get(name) ?? null,
  lastIndex,
  ageIndex: names.ageIndex,
});

/** Names of questions and host values; derived values are added one after the other, each seeing those before. */
function collectNames(definition: QuestionnaireDefinition, report: Report): Names {
  const symbols = new Map<string, ScopeSymbol>();
  const add = (name: string, symbol: ScopeSymbol): void => {
    if (symbols.has(name)) report(name, 'duplicateCode', name);
    symbols.set(name, symbol);
  };
  add(modeName, { type: { type: 'code', codes: interviewModes }, question: null, index: -1 });
  for (const host of definition.hostValues) {
    add(host.name, { type: { type: 'code', codes: host.codes }, question: null, index: -1 });
  }
  questionsOf(definition).forEach(({ question: entry }, index) => {
    const question = toQuestion(entry);
    add(entry.code, { type: typeOfQuestion(question), question, index });
  });
  const ageIndex = symbols.get(definition.birthQuestion)?.index ?? Infinity;
  for (const entry of definition.derived) {
    const names = { symbols, ageIndex };
    const type = checkDerived(entry, names, report);
    add(entry.code, { type, question: null, index: lastReadIndex(entry.expression, names) });
  }
  return { symbols, ageIndex };
}

function checkDerived(
  entry: QuestionnaireDefinition['derived'][number],
  names: Names,
  report: Report,
): StaticType {
  const parsed = parseExpression(entry.expression);
  if (!parsed.ok) {
    reportSyntax(entry.code, parsed.failure.params, report);
    return { type: 'any' };
  }
  const { type, problems } = checkExpression(parsed.value, scopeOf(names, Infinity));
  problems.forEach(({ problem, detail, position }) => {
    report(entry.code, problem, detail, position);
  });
  return type;
}

/** Place in the interview from which a derived value is known: the last question named in its text. */
function lastReadIndex(text: string, names: Names): number {
  const read = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) =>
    name === 'age' ? names.ageIndex : (names.symbols.get(name)?.index ?? -1),
  );
  return Math.max(-1, ...read);
}

function reportSyntax(
  where: string,
  params: Readonly<Record<string, string | number>>,
  report: Report,
): void {
  report(where, String(params.problem), String(params.found), Number(params.position));
}

/** Conditions of a question: relevance looks strictly back, checks and rules may read the answer itself. */
function expressionsOf(entry: DefinitionQuestion, index: number): readonly PlacedExpression[] {
  const parts = [...('options' in entry ? entry.options : []), ...('rows' in entry ? entry.rows : [])];
  const before = (where: string, text: string | undefined): PlacedExpression[] =>
    text === undefined ? [] : [{ where: `${entry.code} ${where}`, text, lastIndex: index - 1 }];
  const after = (where: string, text: string): PlacedExpression => ({
    where: `${entry.code} ${where}`,
    text,
    lastIndex: index,
  });
  return [
    ...before('relevant', entry.relevant),
    ...parts.flatMap((part) => before(`relevant ${part.code}`, part.relevant)),
    ...(entry.checks ?? []).map((check) => after('check', check.expression)),
    ...(entry.endsInterview ?? []).map((rule) => after('endsInterview', rule.when)),
    ...(entry.notices ?? []).map((notice) => after('notice', notice.when)),
  ];
}

function sectionExpressions(definition: QuestionnaireDefinition): PlacedExpression[] {
  let reached = -1;
  return definition.sections.flatMap((section): PlacedExpression[] => {
    const where = `section ${section.id}`;
    if (section.kind === 'test') {
      return section.breaks.map((rest) => ({ where, text: rest.when, lastIndex: reached }));
    }
    const lastIndex = reached;
    reached += section.questions.length;
    return section.relevant === undefined ? [] : [{ where, text: section.relevant, lastIndex }];
  });
}

function checkConditions(definition: QuestionnaireDefinition, names: Names, report: Report): void {
  const placed = [
    ...sectionExpressions(definition),
    ...questionsOf(definition).flatMap(({ question }, index) => expressionsOf(question, index)),
  ];
  for (const { where, text, lastIndex } of placed) {
    const parsed = parseExpression(text);
    if (!parsed.ok) {
      reportSyntax(where, parsed.failure.params, report);
      continue;
    }
    for (const { problem, detail, position } of checkCondition(parsed.value, scopeOf(names, lastIndex))) {
      report(where, problem, detail, position);
    }
  }
}

const reserved = new Set(
  [missingCodes.notApplicable, missingCodes.dontKnow, missingCodes.refused].map(String),
);

function checkQuestion(entry: DefinitionQuestion, question: Question, report: Report): void {
  const options = 'options' in question ? question.options : [];
  const taken = options.find((option) => reserved.has(option.code));
  if (taken) report(entry.code, 'reservedCode', taken.code);
  const isExactStandIn = entry.selfDefault !== undefined && entry.selfDefault.kind !== 'missing';
  if (isExactStandIn && entry.selfDefault && !validateAnswer(question, entry.selfDefault).ok) {
    report(entry.code, 'selfDefaultNotValid', entry.selfDefault.kind);
  }
  if (entry.respondentMode === 'interviewer' && entry.selfDefault === undefined) {
    report(entry.code, 'selfDefaultMissing', '');
  }
}

function checkSections(definition: QuestionnaireDefinition, report: Report): void {
  const ids = definition.sections.map((section) => section.id);
  ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .forEach((id) => {
      report(`section ${id}`, 'duplicateCode', id);
    });
  if (definition.sections.filter((section) => section.kind === 'test').length !== 1) {
    report('sections', 'notOneTestSection', '');
  }
  const modules = definition.sections
    .filter((section): section is QuestionSection => section.kind === 'questions')
    .flatMap((section) => section.moduleId ?? []);
  moduleIds
    .filter((id) => !modules.includes(id))
    .forEach((id) => {
      report('sections', 'moduleMissing', id);
    });
}

function checkReachable(definition: QuestionnaireDefinition, report: Report): void {
  const script = buildScript({
    definition,
    modules: moduleIds,
    formQuestions: [],
    mode: 'interviewer',
    seed: 0,
    optionalQuestions: questionsOf(definition).map(({ question }) => question.code),
  });
  for (const id of unreachableSteps(script)) report(id, 'unreachable', id);
}

/** Everything wrong with a definition; empty when it may be used. */
export function checkDefinition(definition: QuestionnaireDefinition): readonly DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const report: Report = (where, problem, detail, position = -1) => {
    problems.push({ where, problem, position, detail });
  };
  const names = collectNames(definition, report);
  if (names.symbols.get(definition.birthQuestion)?.question?.kind !== 'yearMonth') {
    report('birthQuestion', 'notAYearMonth', definition.birthQuestion);
  }
  for (const { question } of questionsOf(definition)) checkQuestion(question, toQuestion(question), report);
  checkSections(definition, report);
  checkConditions(definition, names, report);
  if (problems.length === 0) checkReachable(definition, report);
  return problems;
}

/**
 * Parses and checks a definition from its JSON. Fails with SEED_INVALID: `where`, `problem`, `position` and `detail`
 * of the first problem and their `count`.
 */
export function loadDefinition(json: unknown): Result<QuestionnaireDefinition> {
  const parsed = definitionSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('SEED_INVALID', {
      where: issue?.path.join('.') ?? '',
      problem: 'schema',
      detail: issue?.message ?? '',
      count: parsed.error.issues.length,
    });
  }
  const problems = checkDefinition(parsed.data);
  const [first] = problems;
  return first ? fail('SEED_INVALID', { ...first, count: problems.length }) : ok(parsed.data);
}
