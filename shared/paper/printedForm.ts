/**
 * The printed questionnaire: sections and questions in the order of the script, with the codes to circle, who answers
 * each question and where each answer leads. Nothing of a key is in it.
 */
import type { QuestionnaireDefinition } from '../questionnaire/definition';
import { parseExpression } from '../questionnaire/expression/parse';
import type { Script, ScriptStep } from '../questionnaire/script';
import type { Answer } from '../questions/answer';
import type { Question } from '../questions/kinds';
import type { Stimulus } from '../questions/stimulus';
import { conditionWords, paperFormTexts } from '../texts/paperFormTexts';
import type { Labels } from './conditionText';
import { conditionText } from './conditionText';
import { jumpAfter } from './jumps';
import { offeredMissing, printedMark } from './keyedSymbols';

export interface PrintedChoice {
  readonly code: string;
  readonly text: string;
  /** `→ 跳到 B7`; '' when the next question follows. */
  readonly jump: string;
}

export interface PrintedQuestion {
  readonly id: string;
  /** `B7`, or the place among the test items. */
  readonly label: string;
  readonly question: Question;
  /** Who answers it; '' = everybody who comes here. */
  readonly condition: string;
  /** Who answers single rows or options, and what ends the interview. */
  readonly notes: readonly string[];
  readonly choices: readonly PrintedChoice[];
  readonly missing: readonly PrintedChoice[];
  /** Material printed above the question: with the first question that refers to it. */
  readonly material: Stimulus | null;
}

export interface PrintedSection {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  /** Who answers the section; '' = everybody. */
  readonly condition: string;
  readonly questions: readonly PrintedQuestion[];
}

const printedLabel = (step: ScriptStep): string =>
  step.testPosition === null ? step.id : String(step.testPosition);
/** How a jump names its target. */
const targetLabel = (step: ScriptStep): string =>
  step.testPosition === null ? step.id : paperFormTexts.testLabel(step.testPosition);

/** Answers of one mark whose consequences are printed beside it. */
function soleAnswers(question: Question): readonly (readonly [string, string, Answer | null])[] {
  if (question.kind === 'single')
    return question.options.map(
      ({ code, text }, index, all) => [printedMark(all, index), text, { kind: 'single', code }] as const,
    );
  if (question.kind === 'multi')
    return question.options.map(
      ({ code, text, exclusive }) =>
        [code, text, exclusive === true ? { kind: 'multi', codes: [code] } : null] as const,
    );
  if (question.kind === 'trueFalse')
    return [
      ['1', question.trueText, { kind: 'trueFalse', value: true }],
      ['2', question.falseText, { kind: 'trueFalse', value: false }],
    ];
  if (question.kind === 'ordering')
    return question.options.map(({ code, text }) => [code, text, null] as const);
  return [];
}

function jumpText(script: Script, step: ScriptStep, answer: Answer | null): string {
  if (answer === null) return '';
  const jump = jumpAfter(script, step.id, answer);
  if (jump.kind === 'next') return '';
  if (jump.kind === 'ends') return paperFormTexts.endsHere;
  const target = script.steps.find(({ id }) => id === jump.stepId);
  return target === undefined ? paperFormTexts.jumpToEnd : paperFormTexts.jumpTo(targetLabel(target));
}

function partNotes(step: ScriptStep, labels: Labels): readonly string[] {
  const parts =
    'rows' in step.question ? step.question.rows : 'options' in step.question ? step.question.options : [];
  const byText = new Map<string, string[]>();
  for (const { code } of parts) {
    const condition = step.partRelevant[code];
    if (condition === undefined) continue;
    const text = conditionText(condition, labels, code);
    byText.set(text, [...(byText.get(text) ?? []), code]);
  }
  return [...byText].map(([text, codes]) =>
    codes.length === parts.length
      ? paperFormTexts.allPartsFor(text)
      : paperFormTexts.partsFor(codes.join('、'), text),
  );
}

/** Endings that do not hang on a single mark, e.g. the age. */
const endingNotes = (step: ScriptStep, labels: Labels): readonly string[] =>
  soleAnswers(step.question).length > 0
    ? []
    : step.endings.map(({ when }) => paperFormTexts.endsIf(conditionText(when, labels)));

function missingChoices(script: Script, step: ScriptStep): readonly PrintedChoice[] {
  const { question } = step;
  return offeredMissing(question)
    .filter(({ reason }) => reason !== 'refused' || script.mode === 'interviewer')
    .map(({ reason, code }) => ({
      code,
      text:
        reason === 'notApplicable' ? (question.notApplicable ?? '') : paperFormTexts.missingLabels[reason],
      jump: reason === 'notApplicable' ? jumpText(script, step, { kind: 'missing', reason }) : '',
    }));
}

interface Surroundings {
  readonly script: Script;
  readonly labels: Labels;
  /** Conditions of the section, printed at its head. */
  readonly sectionConditions: number;
}

function printedQuestion(
  step: ScriptStep,
  before: ScriptStep | undefined,
  around: Surroundings,
): PrintedQuestion {
  const { script, labels } = around;
  const own = step.relevant.slice(around.sectionConditions);
  const { stimulus } = step.question;
  return {
    id: step.id,
    label: printedLabel(step),
    question: step.question,
    condition: conditionWords.and(own.map((condition) => conditionText(condition, labels))),
    notes: [...partNotes(step, labels), ...endingNotes(step, labels)],
    choices: soleAnswers(step.question).map(([code, text, answer]) => ({
      code,
      text,
      jump: jumpText(script, step, answer),
    })),
    missing: missingChoices(script, step),
    material: stimulus === undefined || stimulus.id === before?.question.stimulus?.id ? null : stimulus,
  };
}

/** Sections as printed; `script` was built for paper from the same definition. */
export function printedForm(definition: QuestionnaireDefinition, script: Script): readonly PrintedSection[] {
  const byId = new Map(script.steps.map((step) => [step.id, step]));
  const labels: Labels = (id) => {
    const step = byId.get(id);
    return step === undefined ? id : printedLabel(step);
  };
  const printed = script.steps.filter(({ standIn }) => standIn === null);
  return definition.sections.flatMap((section): PrintedSection[] => {
    const steps = printed.filter(({ sectionId }) => sectionId === section.id);
    if (steps.length === 0) return [];
    const relevant = section.kind === 'questions' ? section.relevant : undefined;
    const parsed = relevant === undefined ? null : parseExpression(relevant);
    const around = { script, labels, sectionConditions: relevant === undefined ? 0 : 1 };
    return [
      {
        id: section.id,
        title: section.title,
        intro: section.intro ?? '',
        condition: parsed?.ok === true ? conditionText(parsed.value, labels) : '',
        questions: steps.map((step, index) => printedQuestion(step, steps[index - 1], around)),
      },
    ];
  });
}
