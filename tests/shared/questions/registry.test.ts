import { describe, expect, it } from 'vitest';
import { answerSchema } from '@shared/questions/answer';
import type { Answer } from '@shared/questions/answer';
import { questionKinds, questionSchema } from '@shared/questions/kinds';
import {
  blankAnswer,
  describeQuestion,
  questionRegistry,
  toVariables,
  validateAnswer,
} from '@shared/questions/registry';
import { examples } from './examples';

const missing: readonly Answer[] = (['dontKnow', 'refused', 'notApplicable'] as const).map((reason) => ({
  kind: 'missing',
  reason,
}));

describe.each(questionKinds)('the kind %s keeps the contract', (kind) => {
  const question = examples[kind];

  it('is registered under its own name', () => {
    expect(questionRegistry[kind].kind).toBe(kind);
  });

  it('accepts its own example as a question, before and after JSON', () => {
    expect(questionRegistry[kind].schema.parse(question)).toEqual(question);
    expect(questionSchema.parse(JSON.parse(JSON.stringify(question)))).toEqual(question);
  });

  it('has a blank answer that is valid or required, never wrong', () => {
    const blank = blankAnswer(question);
    if (blank === null) return;
    expect(answerSchema.parse(JSON.parse(JSON.stringify(blank)))).toEqual(blank);
    const result = validateAnswer(question, blank);
    expect(result.ok ? 'valid' : result.failure.params.reason).toMatch(/^(valid|required)$/);
  });

  it('accepts each way of not answering exactly when the question allows it', () => {
    const open = { ...question, dontKnow: true, refuse: true, notApplicable: '没有这回事' };
    const closed = questionSchema.parse({ ...question, dontKnow: false, refuse: false });
    expect(missing.map((answer) => validateAnswer(open, answer).ok)).toEqual([true, true, true]);
    expect(missing.map((answer) => validateAnswer(closed, answer).ok)).toEqual([false, false, false]);
  });

  it('names the same columns whatever was answered, and describes each of them', () => {
    const described = describeQuestion(question).map((row) => row.variable);
    expect(described.length).toBeGreaterThan(0);
    expect(new Set(described).size).toBe(described.length);
    for (const answer of [undefined, ...missing]) {
      expect(Object.keys(toVariables(question, answer))).toEqual(described);
    }
    expect(described.every((name) => name.startsWith(question.code))).toBe(true);
  });

  it('refuses an answer of every other kind', () => {
    for (const other of questionKinds.filter((name) => name !== kind)) {
      const answer = blankAnswer(examples[other]);
      if (answer === null) continue;
      const result = validateAnswer(question, answer);
      expect(result.ok ? 'accepted' : result.failure.params.reason).toBe('wrongKind');
    }
  });
});

describe('the schema of a question', () => {
  it('refuses two options with the same code', () => {
    const doubled = {
      ...examples.ordering,
      options: [...examples.ordering.options, { code: 'A', text: '丁' }],
    };
    expect(questionSchema.safeParse(doubled).success).toBe(false);
  });

  it('refuses a key or anything else it does not know', () => {
    expect(questionSchema.safeParse({ ...examples.single, key: ['1'] }).success).toBe(false);
  });

  it('refuses a chart without a spoken alternative', () => {
    const stimulus = { kind: 'table', id: 't', title: '', headers: ['a'], rows: [['1']] };
    expect(questionSchema.safeParse({ ...examples.single, stimulus }).success).toBe(false);
    expect(
      questionSchema.safeParse({ ...examples.single, stimulus: { ...stimulus, alt: '一格' } }).success,
    ).toBe(true);
  });
});
