/**
 * The script of one interview: one question per step, in order, worded and arranged for this respondent.
 * Built once from the definition, the chosen modules and the form; the same inputs give the same script, so it is
 * never stored.
 */
import type { Disposition } from '../domain/disposition';
import type { ModuleId } from '../domain/survey';
import type { Answer } from '../questions/answer';
import type { Question } from '../questions/kinds';
import { arrangeQuestion, questionOnPaper } from './arrange';
import { toQuestion } from './definition';
import type { DefinitionQuestion, QuestionnaireDefinition, QuestionSection, Section } from './definition';
import type { Expression } from './expression/ast';
import { parseExpression } from './expression/parse';
import type { Value } from './expression/value';

export const interviewModes = ['interviewer', 'selfAdministered'] as const;
export type InterviewMode = (typeof interviewModes)[number];

/** Name under which expressions read the interview mode. */
export const modeName = 'mode';

export interface StepCheck {
  readonly id: string;
  readonly when: Expression;
  readonly severity: 'error' | 'confirm';
  readonly message: string;
}

export interface ScriptStep {
  /** Question code or item id: the key of its answer. */
  readonly id: string;
  readonly sectionId: string;
  readonly sectionTitle: string;
  readonly question: Question;
  /** 1-based place among the test items; null elsewhere. */
  readonly testPosition: number | null;
  readonly interviewerOnly: boolean;
  /** All must hold for the question to be asked. */
  readonly relevant: readonly Expression[];
  readonly whenUnknown: 'ask' | 'skip';
  /** Conditions of single options and rows, by code. */
  readonly partRelevant: Readonly<Record<string, Expression>>;
  readonly checks: readonly StepCheck[];
  readonly endings: readonly { readonly when: Expression; readonly disposition: Disposition }[];
  readonly notices: readonly { readonly when: Expression; readonly text: string }[];
  /** Not asked at all in this interview; this stands for the answer. */
  readonly standIn: Answer | null;
  /** A break is offered once this step is answered and one of these is true. */
  readonly breaks: readonly Expression[];
}

export interface Script {
  readonly definitionId: string;
  readonly definitionVersion: string;
  readonly mode: InterviewMode;
  readonly birthQuestion: string;
  readonly hostValues: Readonly<Record<string, Value>>;
  readonly derived: Readonly<Record<string, Expression>>;
  readonly steps: readonly ScriptStep[];
}

export interface ScriptInput {
  /** A definition that passed `checkDefinition`. */
  readonly definition: QuestionnaireDefinition;
  readonly modules: readonly ModuleId[];
  /** Items of the form in public form and form order; `code` is the item id. */
  readonly formQuestions: readonly Question[];
  readonly mode: InterviewMode;
  /** One seed per interview. */
  readonly seed: number | string;
  /** Asked on paper: nothing is shuffled or drawn, questions may be left empty. */
  readonly onPaper?: boolean;
  /** Codes of questions that are off by default and wanted here. */
  readonly optionalQuestions?: readonly string[];
  /** Values for `hostValues` of the definition; absent ones are missing. */
  readonly hostValues?: Readonly<Record<string, string | null>>;
}

/** Definitions are checked before use, so an expression that does not parse is a programmer's error. */
function parsed(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(`expression does not parse: ${text}`);
  return result.value;
}

const parsedList = (texts: readonly (string | undefined)[]): Expression[] =>
  texts.filter((text) => text !== undefined).map(parsed);

function partConditions(question: Question): Record<string, Expression> {
  const parts = [
    ...('options' in question ? question.options : []),
    ...('rows' in question ? question.rows : []),
  ];
  return Object.fromEntries(
    parts.flatMap((part) => (part.relevant === undefined ? [] : [[part.code, parsed(part.relevant)]])),
  );
}

/** The question itself without the flow around it, in the wording of the mode. */
function askedQuestion(entry: DefinitionQuestion, mode: InterviewMode): Question {
  const question = toQuestion(entry);
  if (mode === 'interviewer') return question;
  const hint = entry.selfHint ?? question.hint;
  return { ...question, text: entry.selfText ?? question.text, ...(hint === undefined ? {} : { hint }) };
}

/** Questions an interviewer records have no screen in self-administered mode. */
function standInOf(entry: DefinitionQuestion, mode: InterviewMode): Answer | null {
  if (entry.respondentMode !== 'interviewer' || mode === 'interviewer') return null;
  return entry.selfDefault ?? { kind: 'missing', reason: 'notApplicable' };
}

const arranged = (question: Question, input: ScriptInput): Question =>
  input.onPaper === true ? questionOnPaper(question) : arrangeQuestion(question, input.seed);

function stepOf(section: QuestionSection, entry: DefinitionQuestion, input: ScriptInput): ScriptStep {
  const question = arranged(askedQuestion(entry, input.mode), input);
  return {
    id: entry.code,
    sectionId: section.id,
    sectionTitle: section.title,
    question,
    testPosition: null,
    interviewerOnly: entry.respondentMode === 'interviewer',
    relevant: parsedList([section.relevant, entry.relevant]),
    whenUnknown: entry.whenUnknown ?? 'skip',
    partRelevant: partConditions(question),
    checks: (entry.checks ?? []).map((check, index) => ({
      id: `${entry.code}#${index + 1}`,
      when: parsed(check.expression),
      severity: check.severity,
      message: check.message,
    })),
    endings: (entry.endsInterview ?? []).map((rule) => ({
      when: parsed(rule.when),
      disposition: rule.disposition,
    })),
    notices: (entry.notices ?? []).map((notice) => ({ when: parsed(notice.when), text: notice.text })),
    standIn: standInOf(entry, input.mode),
    breaks: [],
  };
}

function testSteps(section: Extract<Section, { kind: 'test' }>, input: ScriptInput): ScriptStep[] {
  return input.formQuestions.map((item, index) => ({
    id: item.code,
    sectionId: section.id,
    sectionTitle: section.title,
    question: arranged(item, input),
    testPosition: index + 1,
    interviewerOnly: false,
    relevant: [],
    whenUnknown: 'skip',
    partRelevant: {},
    checks: [],
    endings: [],
    notices: [],
    standIn: null,
    breaks: section.breaks.filter((rest) => rest.afterItem === index + 1).map((rest) => parsed(rest.when)),
  }));
}

function sectionSteps(section: Section, input: ScriptInput): ScriptStep[] {
  if (section.kind === 'test') return testSteps(section, input);
  if (section.moduleId !== undefined && !input.modules.includes(section.moduleId)) return [];
  return section.questions
    .filter((entry) => entry.offByDefault !== true || input.optionalQuestions?.includes(entry.code))
    .map((entry) => stepOf(section, entry, input));
}

/** Builds the script; throws when two steps share an id, which a checked form and definition cannot cause. */
export function buildScript(input: ScriptInput): Script {
  const { definition } = input;
  const steps = definition.sections.flatMap((section) => sectionSteps(section, input));
  if (new Set(steps.map((step) => step.id)).size !== steps.length) {
    throw new Error('two steps of the script share an id');
  }
  return {
    definitionId: definition.id,
    definitionVersion: definition.version,
    mode: input.mode,
    birthQuestion: definition.birthQuestion,
    hostValues: {
      ...Object.fromEntries(
        definition.hostValues.map(({ name }) => [name, input.hostValues?.[name] ?? null]),
      ),
      [modeName]: input.mode,
    },
    derived: Object.fromEntries(definition.derived.map((entry) => [entry.code, parsed(entry.expression)])),
    steps,
  };
}
