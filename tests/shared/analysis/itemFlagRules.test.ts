/** Every flag F1-F11 raised by answers made for it, and by nothing else than those answers. */
import { describe, expect, it } from 'vitest';
import { analyseSurveyItems, type SurveyItemsInput } from '@shared/analysis/itemAnalysis';
import type { EarlierItemAnalysis } from '@shared/analysis/itemWaves';
import type { BankItem } from '@shared/assessment/bank';
import { createRandom } from '@shared/numeric/seededRandom';
import type { ItemFlagRule } from '@shared/psychometrics/flagRules';
import type { Answer } from '@shared/questions/answer';
import type { AnalysedItems } from '@shared/results/itemAnalysisResults';
import { generatedInput, need, registry } from '../../support/analysisInput';

const items = registry.bank.items.filter(({ type, options }) => type === 'single' && options?.length === 4);
const form = items.slice(0, 20);
const subject = need(form[0]);
const key = need(subject.key[0]);
const wrong = (subject.options ?? []).map(({ id }) => id).filter((id) => id !== key);

const survey = generatedInput({
  planId: 'suzhou',
  respondents: 1400,
  seed: 3,
  settings: { weighting: { kind: 'equal' }, basis: 'nonprobability' },
});
const complete = survey.rows.filter((row) => row.score !== null);

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const choose = (code: string | undefined): Answer => ({ kind: 'single', code: need(code) });
const scored = (isRight: boolean): Answer => ({ kind: 'number', value: isRight ? 1 : 0 });
const dontKnow: Answer = { kind: 'missing', reason: 'dontKnow' };

interface Person {
  readonly theta: number;
  /** 0..1, one draw for the item under test and one for what a wrong answer looks like. */
  readonly luck: number;
  readonly taste: number;
  readonly isWoman: boolean;
  readonly neighbour: boolean;
}
type Respond = (person: Person) => Answer | undefined;

const anyWrong = ({ taste }: Person): Answer => choose(wrong[Math.floor(taste * 3)]);
const knows = ({ theta, luck }: Person, b = 0, a = 1): boolean => luck < logistic(a * (theta - b));
const ordinary: Respond = (person) => (knows(person) ? choose(key) : anyWrong(person));

interface Case {
  readonly respond?: Respond;
  readonly persons?: number;
  readonly seconds?: readonly number[];
  readonly earlier?: readonly EarlierItemAnalysis[];
}

const rightAnswer = (item: BankItem): Answer => choose(item.key[0]);
const wrongAnswer = (item: BankItem, taste: number): Answer =>
  choose((item.options ?? []).map(({ id }) => id).filter((id) => id !== item.key[0])[Math.floor(taste * 3)]);

function inputOf({ respond = ordinary, persons = 1200, seconds = [], earlier = [] }: Case): SurveyItemsInput {
  const random = createRandom('flags');
  const rows = complete.slice(0, persons).map((row, n) => {
    const theta = random.normal();
    const answers: Record<string, Answer> = {};
    let neighbour = false;
    form.slice(1).forEach((item, k) => {
      const isRight = random.next() < logistic(theta - (-1.5 + (3 * k) / 18));
      const taste = random.next();
      if (k === 9) neighbour = isRight;
      answers[item.id] = isRight ? rightAnswer(item) : wrongAnswer(item, taste);
    });
    const person = { theta, luck: random.next(), taste: random.next(), isWoman: n % 2 === 0, neighbour };
    const own = respond(person);
    if (own !== undefined) answers[subject.id] = own;
    const background = {
      ...row.respondent.background,
      sex: person.isWoman ? ('female' as const) : ('male' as const),
      ageYears: 40,
      ageBand: null,
      education: null,
      residence: null,
    };
    return { ...row, respondent: { ...row.respondent, mode: 'interviewer' as const, background, answers } };
  });
  return {
    analysis: { ...survey, rows },
    items: form,
    seconds: { [subject.id]: seconds },
    earlier,
    showsContent: true,
  };
}

function analysed(made: Case): AnalysedItems {
  const found = analyseSurveyItems(inputOf(made));
  if (!found.ok || found.value.state !== 'analysed') throw new Error(JSON.stringify(found));
  return found.value;
}
const rulesOf = (made: Case): readonly ItemFlagRule[] =>
  need(analysed(made).items[0]).flags.map(({ rule }) => rule);

const times = (each: number): readonly number[] => Array<number>(40).fill(each);
const before = analysed({ seconds: times(20) });
/** The survey before, with the item under test changed. */
function earlier(
  change: Partial<AnalysedItems['items'][number]>,
  isSameRegion = true,
): readonly EarlierItemAnalysis[] {
  const [first, ...rest] = before.items;
  const results = { ...before, items: [{ ...need(first), ...change }, ...rest] };
  return [{ surveyId: 's-0', surveyName: '上次调查', year: 2023, isSameRegion, results }];
}
const firstBefore = need(before.items[0]);
const parameters = need(firstBefore.parameters);
const shifted = (by: number) => ({ parameters: { ...parameters, b: parameters.b + by } });

/** Wrong answers spread over 不知道 and the three distractors. */
const partly: Respond = (person) =>
  knows(person, 0.75, 1.6)
    ? choose(key)
    : person.taste < 0.74
      ? dontKnow
      : choose(wrong[Math.floor(((person.taste - 0.74) / 0.26) * 3)]);

const cases: readonly (readonly [ItemFlagRule, Case])[] = [
  ['tooHard', { respond: (person) => scored(knows(person, 2.6, 1.4)) }],
  ['tooEasy', { respond: (person) => scored(knows(person, -2.4, 2.1)) }],
  ['nearChance', { respond: (person) => scored(knows(person, 1.3, 1.2)) }],
  ['negativeDiscrimination', { persons: 190, respond: (person) => scored(knows(person, 14, -0.14)) }],
  ['lowDiscrimination', { persons: 190, respond: (person) => scored(knows(person, -5, 0.22)) }],
  ['modestDiscrimination', { persons: 190, respond: (person) => scored(knows(person, -3.4, 0.38)) }],
  [
    'distractorAboveKey',
    {
      persons: 190,
      // The weak and the best choose the first distractor, the middle the key.
      respond: ({ theta, luck, taste }) => {
        const other = choose(wrong[taste < 0.5 ? 1 : 2]);
        if (theta > 0.6) return choose(luck < 0.25 ? key : wrong[0]);
        if (theta > -0.2) return luck < 0.8 ? choose(key) : other;
        return luck < 0.84 ? choose(wrong[0]) : other;
      },
    },
  ],
  [
    'deadDistractor',
    { respond: (person) => (knows(person) ? choose(key) : choose(wrong[person.taste < 0.5 ? 0 : 1])) },
  ],
  [
    'distractorAttractsAble',
    {
      respond: (person) => {
        if (knows(person)) return choose(key);
        return choose(person.theta > 0 ? wrong[2] : wrong[person.taste < 0.5 ? 0 : 1]);
      },
    },
  ],
  ['manyDontKnow', { respond: partly }],
  ['manyBlank', { respond: (person) => (person.taste < 0.08 ? undefined : ordinary(person)) }],
  ['differentialFunctioning', { respond: (person) => scored(knows(person, person.isWoman ? 0.5 : -0.5)) }],
  ['infit', { respond: (person) => scored(knows(person, 0, 5)) }],
  [
    'summedScoreMisfit',
    { respond: ({ theta, luck }) => scored(luck < (theta > 0.6 ? 0.9 : theta > -0.9 ? 0.25 : 0.5)) },
  ],
  [
    'localDependence',
    { respond: (person) => scored(person.taste < 0.35 ? person.neighbour : knows(person)) },
  ],
  ['tooFast', { seconds: times(3) }],
  ['tooSlow', { seconds: times(3 * subject.time_sec + 1) }],
  ['drift', { earlier: earlier(shifted(-0.9)) }],
  [
    'leakByShare',
    {
      seconds: times(15),
      earlier: earlier({ difficulty: firstBefore.difficulty - 0.12, parameters: null }),
    },
  ],
];

describe('flags of answers made for them', () => {
  it('an ordinary item raises none, answered at an ordinary pace, as in the survey before', () => {
    expect(rulesOf({ seconds: times(20), earlier: earlier({}) })).toEqual([]);
  });

  it.each(cases)('%s is raised, and nothing else', (rule, made) => {
    expect(rulesOf(made)).toEqual([rule]);
  });

  it('a leak seen on the linked scale is a drift as well, also between regions', () => {
    const made = { seconds: times(15), earlier: earlier(shifted(0.9), false) };
    expect(rulesOf(made)).toEqual(['drift', 'leakByDifficulty']);
  });

  it('another region has other people: a higher share there is no leak', () => {
    const change = { difficulty: firstBefore.difficulty - 0.12, parameters: null };
    expect(rulesOf({ seconds: times(15), earlier: earlier(change, false) })).toEqual([]);
  });

  it('an item of another version is another item', () => {
    const { waves } = analysed({ earlier: earlier({ itemVersion: '9.9.9' }) });
    expect(waves[0]?.commonCount).toBe(form.length - 1);
    expect(waves[0]?.rows.some(({ itemId }) => itemId === subject.id)).toBe(false);
  });
});
