import { describe, expect, it } from 'vitest';
import { checkDefinition, loadDefinition } from '@shared/questionnaire/checkDefinition';
import type { QuestionnaireDefinition } from '@shared/questionnaire/definition';
import { definitionSchema } from '@shared/questionnaire/definition';

const yesNo = [
  { code: '1', text: '是' },
  { code: '2', text: '否' },
];

/** A definition of three questions; `own` adds to the second, which is called B. */
function small(own: Record<string, unknown>, more: Record<string, unknown> = {}): QuestionnaireDefinition {
  const module = (id: string) => ({
    kind: 'questions',
    id,
    title: id,
    moduleId: id,
    questions: [{ kind: 'single', code: `M_${id}`, text: '问', options: yesNo }],
  });
  return definitionSchema.parse({
    id: 'small',
    version: '1.0.0',
    title: '小问卷',
    source: '测试',
    birthQuestion: 'S1',
    hostValues: [{ name: 'placeCode', label: '地点', codes: ['111', '220'] }],
    derived: [],
    hostFields: [],
    sections: [
      {
        kind: 'questions',
        id: 'gate',
        title: '开场',
        questions: [
          {
            kind: 'yearMonth',
            code: 'S1',
            text: '出生？',
            minimumYear: 1900,
            maximumYear: 2100,
            endsInterview: [{ when: 'age() < 18 or age() > 69', disposition: 'ineligibleAge' }],
          },
          { kind: 'single', code: 'A', text: '甲？', options: yesNo },
          { kind: 'single', code: 'B', text: '乙？', options: yesNo, ...own },
          { kind: 'multi', code: 'C', text: '丙？', options: yesNo },
        ],
      },
      { kind: 'test', id: 'test', title: '测评', breaks: [] },
      ...['information', 'interest', 'activities', 'elder'].map(module),
    ],
    ...more,
  });
}

const found = (definition: QuestionnaireDefinition) =>
  checkDefinition(definition).map(({ where, problem, position }) => ({ where, problem, position }));

describe('the static checks of a definition', () => {
  it('find nothing in a sound one', () => {
    expect(found(small({ relevant: 'A == 1 and age() >= 60' }))).toEqual([]);
  });

  it.each<[string, string, string, number]>([
    ['A ==', 'unexpectedToken', 'B relevant', 4],
    ['A == 1 and X == 2', 'unknownName', 'B relevant', 11],
    ['C == 1', 'wrongType', 'B relevant', 2],
    ['selected(C, 1)', 'forwardReference', 'B relevant', 9],
    ['B == 1', 'forwardReference', 'B relevant', 0],
    ['A == 3', 'unknownCode', 'B relevant', 5],
    ['A in [1, 3]', 'unknownCode', 'B relevant', 9],
    ['A', 'wrongType', 'B relevant', 0],
    ['A == 1 and 5', 'wrongType', 'B relevant', 11],
    ['count(A) > 1', 'wrongType', 'B relevant', 6],
    ['selected(A)', 'wrongType', 'B relevant', 9],
    ['answered(A, 1)', 'wrongArguments', 'B relevant', 0],
    ['answered(placeCode)', 'wrongType', 'B relevant', 9],
    ['placeCode == 999', 'unknownCode', 'B relevant', 13],
    ['twice(A)', 'unknownFunction', 'B relevant', 0],
    ['age() < 18', 'unreachable', 'B', -1],
    ['A == 1 and A == 2', 'unreachable', 'B', -1],
    ['age() > 69 or A == 1 and not answered(A)', 'unreachable', 'B', -1],
  ])('find in %j: %s', (relevant, problem, where, position) => {
    expect(found(small({ relevant }))).toContainEqual({ where, problem, position });
  });

  it('let a check look at the answer it belongs to, but not further', () => {
    const check = (expression: string) =>
      found(small({ checks: [{ expression, severity: 'confirm', message: '请核实。' }] }));
    expect(check('B == 1 and A == 2')).toEqual([]);
    expect(check('selected(C, 1)').map((entry) => entry.problem)).toEqual(['forwardReference']);
  });

  it('find reserved codes, a missing stand-in and one that does not fit', () => {
    const dontKnow = [...yesNo, { code: '98', text: '不知道' }];
    expect(found(small({ options: dontKnow })).map((entry) => entry.problem)).toEqual(['reservedCode']);
    expect(found(small({ respondentMode: 'interviewer' })).map((entry) => entry.problem)).toEqual([
      'selfDefaultMissing',
    ]);
    const wrong = { respondentMode: 'interviewer', selfDefault: { kind: 'single', code: '5' } };
    expect(found(small(wrong)).map((entry) => entry.problem)).toEqual(['selfDefaultNotValid']);
  });

  it('find a code used twice and a derived value that reads itself', () => {
    expect(found(small({ code: 'A' })).map((entry) => entry.problem)).toContain('duplicateCode');
    const derived = [{ code: 'd', label: '导出', expression: 'd == 1' }];
    expect(found(small({}, { derived })).map((entry) => entry.problem)).toEqual(['unknownName']);
  });

  it('know from where on a derived value is known', () => {
    const derived = [{ code: 'd', label: '导出', expression: 'A == 1 and selected(C, 1)' }];
    expect(found(small({ relevant: 'd' }, { derived })).map((entry) => entry.problem)).toEqual([
      'forwardReference',
    ]);
  });

  it('refuse to load what the schema or the checks refuse, and say where', () => {
    expect(loadDefinition({ id: 'x' })).toMatchObject({
      failure: { code: 'SEED_INVALID', params: { problem: 'schema' } },
    });
    expect(loadDefinition(small({ relevant: 'A == 3' }))).toMatchObject({
      failure: { code: 'SEED_INVALID', params: { where: 'B relevant', problem: 'unknownCode', position: 5 } },
    });
  });
});
