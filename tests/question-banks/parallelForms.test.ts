import { beforeAll, describe, expect, it } from 'vitest';
import { loadHighs } from '@electron/backend/assembly/highsSolver';
import { proposeAnchors, withAnchors } from '@shared/assessment/anchors';
import type { BankItem } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import { blocksOf } from '@shared/assessment/blueprint';
import type { Form } from '@shared/assessment/form';
import { itemsOfForm } from '@shared/assessment/formCoverage';
import { judgeFormBeforeUse } from '@shared/assessment/formJudgement';
import type { SolveLinear } from '@shared/assessment/linearProgram/linearModel';
import { assembleParallelForms } from '@shared/assessment/parallelForms';
import { verifyForm } from '@shared/assessment/verifyForm';
import { verifyFormSet } from '@shared/assessment/verifyFormSet';
import { conflictSentences } from '@shared/texts/assemblyTexts';
import { loadInstrument } from '../shared/assessment/sampleBank';
import { loadBlueprint, loadTrialBank, sha256 } from './trialBank';

const shipped = loadTrialBank();
const cast = loadBlueprint('cast-2024-50');
const draw = loadBlueprint('benchmark-2016-50');
const anchorIds = proposeAnchors(shipped, cast).map((item) => item.id);
const bank = withAnchors(shipped, new Set(anchorIds));

let solve: SolveLinear;
beforeAll(async () => {
  solve = await loadHighs();
});

function assemble(blueprint: Blueprint, count: number, seed: number, solver: SolveLinear | null) {
  const result = assembleParallelForms(
    { bank, blueprint, count, seed },
    { solve: solver, hash: sha256 },
  );
  if (!result.ok) throw new Error(String(result.infeasible.failure.params['violated']));
  return result.value;
}

const idsOf = (form: Form): string[] => form.entries.map((entry) => entry.itemId);
const countOf = (items: readonly BankItem[], holds: (item: BankItem) => boolean): number =>
  items.filter(holds).length;

describe('the proposed anchors', () => {
  const anchors = proposeAnchors(shipped, cast);

  it('are 12: K 5, M 3 and one each of S1, S2, A1, A2', () => {
    const byDimension = ['K', 'M', 'S1', 'S2', 'A1', 'A2'].map((dimension) =>
      countOf(anchors, (item) => item.dimension === dimension),
    );
    expect(byDimension).toEqual([5, 3, 1, 1, 1, 1]);
  });

  it('belong to no shared stimulus and to twelve different 基准', () => {
    const inBlock = [...blocksOf(shipped.items).values()].flat().map((item) => item.id);
    expect(anchors.filter((item) => inBlock.includes(item.id))).toEqual([]);
    expect(new Set(anchors.map((item) => item.benchmark.no)).size).toBe(12);
  });

  it('spread in difficulty as a form does: mean near .53, from below .4 to above .8', () => {
    const difficulties = anchors.map((item) => item.difficulty.p_prior);
    const mean = difficulties.reduce((sum, p) => sum + p, 0) / 12;
    expect(Math.abs(mean - 0.53)).toBeLessThan(0.06);
    expect(Math.min(...difficulties)).toBeLessThan(0.4);
    expect(Math.max(...difficulties)).toBeGreaterThan(0.8);
  });

  it('are the same on every call, whatever the order of the bank', () => {
    const reversed = { ...shipped, items: [...shipped.items].reverse() };
    expect(proposeAnchors(reversed, cast).map((item) => item.id)).toEqual(anchorIds);
  });
});

describe('five parallel forms of cast-2024-50 by HiGHS', () => {
  let forms: readonly Form[] = [];
  beforeAll(() => {
    const assembled = assemble(cast, 5, 1, solve);
    expect(assembled.methods).toEqual(Array.from({ length: 5 }, () => 'integerProgram'));
    expect(assembled.timedOut).toBe(false);
    forms = assembled.forms;
  }, 240_000);

  it('pass the independent verification, one by one and as a set', () => {
    expect(verifyFormSet(forms, { bank, blueprint: cast, hash: sha256 })).toEqual([]);
  });

  it('share the twelve anchors and nothing else', () => {
    const pairs = forms.flatMap((first, index) => forms.slice(index + 1).map((second) => [first, second] as const));
    expect(pairs).toHaveLength(10);
    for (const [first, second] of pairs) {
      const shared = idsOf(first).filter((id) => idsOf(second).includes(id));
      expect(shared.sort()).toEqual([...anchorIds].sort());
    }
  });

  it('keep every anchor within three places of 5, 9, … 49', () => {
    for (const form of forms)
      [...anchorIds].sort().forEach((id, index) => {
        const position = form.entries.find((entry) => entry.itemId === id)?.position ?? 0;
        expect(Math.abs(position - (5 + 4 * index))).toBeLessThanOrEqual(3);
      });
  });

  it('have 20 K, 10 M and five of each other dimension, all 26 基准, and a sum of p within 26.5 ± 0.6', () => {
    for (const form of forms) {
      const items = itemsOfForm(form, bank);
      expect(
        ['K', 'M', 'S1', 'S2', 'A1', 'A2'].map((code) => countOf(items, (item) => item.dimension === code)),
      ).toEqual([20, 10, 5, 5, 5, 5]);
      expect(new Set(items.map((item) => item.benchmark.no)).size).toBe(26);
      const sumOfP = items.reduce((sum, item) => sum + item.difficulty.p_prior, 0);
      expect(Math.abs(sumOfP - 26.5)).toBeLessThanOrEqual(0.6 + 1e-9);
    }
  });

  it('measure alike: information differs by at most 0.8 between any two forms at each point', () => {
    for (const theta of [-0.4, 0.25, 1.1]) {
      const information = forms.map((form) =>
        itemsOfForm(form, bank).reduce((sum, { irt: { b } }) => {
          const p = 1 / (1 + Math.exp(b - theta));
          return sum + p * (1 - p);
        }, 0),
      );
      expect(Math.max(...information) - Math.min(...information)).toBeLessThanOrEqual(0.8);
    }
  });

  it('are judged before use: guessing passes nobody at 70, and each may give a rate', () => {
    const instrument = loadInstrument('cast-2024');
    for (const form of forms) {
      const judged = judgeFormBeforeUse(form, { bank, blueprint: cast, instrument });
      if (!judged.ok) throw new Error(judged.failure.code);
      const { outlook, coverage } = judged.value;
      expect(coverage.rows.filter(({ met }) => !met)).toEqual([]);
      expect(coverage.barredFromRate).toBe(false);
      expect(coverage.minutes.readAloud).toBeCloseTo(coverage.minutes.selfRead * 1.5, 10);
      expect(outlook.maximumScore).toBeCloseTo(100, 9);
      expect(outlook.cuts.map(({ id }) => id)).toEqual(['basic', 'literate', 'advanced']);
      expect(outlook.cuts[1]?.guessPassProbability).toBeLessThan(0.0001);
    }
  });

  it('are refused by the verifier when an anchor is exchanged or moved, or an item stands on two forms', () => {
    const [first, second] = forms;
    if (first === undefined || second === undefined) throw new Error('two forms expected');
    const rulesOf = (form: Form): string[] =>
      verifyForm(form, bank, cast, sha256).map((violation) => violation.rule);
    const own = first.entries.find(({ itemId, blockId }) => !anchorIds.includes(itemId) && blockId === null);
    const withoutAnchor = first.entries.map((entry) =>
      entry.itemId === anchorIds[0] ? { ...entry, itemId: own?.itemId ?? '' } : entry,
    );
    expect(rulesOf({ ...first, entries: withoutAnchor })).toContain('anchors');
    const reversed = [...first.entries].reverse().map((entry, index) => ({ ...entry, position: index + 1 }));
    expect(rulesOf({ ...first, entries: reversed })).toContain('anchorPositions');
    const twice = { ...second, entries: first.entries };
    expect(
      verifyFormSet([first, twice], { bank, blueprint: cast, hash: sha256 }).map(({ rule }) => rule),
    ).toContain('sharedItem');
  });

  it('are refused by the verifier when their information is off the target', () => {
    const information = { points: [{ theta: -0.4, specification: 8.5 }], maximumDeviation: 0.0001 };
    const [form] = forms;
    if (form === undefined) throw new Error('a form expected');
    const rules = verifyForm(form, bank, { ...cast, information }, sha256).map(({ rule }) => rule);
    expect(rules).toContain('information');
  });
});

describe('the same seed', () => {
  it('gives the same forms, another seed others', () => {
    const once = assemble(draw, 2, 4, solve).forms;
    expect(assemble(draw, 2, 4, solve).forms).toEqual(once);
    expect(assemble(draw, 2, 5, solve).forms[0]?.contentHash).not.toBe(once[0]?.contentHash);
  });
});

describe('without a solver, or with one that gives no answer', () => {
  it.each<[string, SolveLinear | null]>([
    ['none', null],
    ['undecided', () => ({ status: 'undecided' })],
  ])('%s: the swap search assembles lawful parallel forms and is named', (_title, solver) => {
    const { forms, methods } = assemble(cast, 2, 1, solver);
    expect(methods).toEqual(['swapSearch', 'swapSearch']);
    expect(verifyFormSet(forms, { bank, blueprint: cast, hash: sha256 })).toEqual([]);
  });
});

describe('a benchmark-2016 draw', () => {
  it('takes at least one item and at most its points from every 基准, true/false and choice only', () => {
    for (const form of assemble(draw, 3, 11, solve).forms) {
      const items = itemsOfForm(form, bank);
      expect(new Set(items.map((item) => item.benchmark.no)).size).toBe(26);
      expect(countOf(items, (item) => item.benchmark.no === 13)).toBeLessThanOrEqual(3);
      expect(countOf(items, (item) => item.type === 'order' || item.type === 'match')).toBe(0);
    }
  });
});

describe('short forms', () => {
  it('cover all 26 基准 between two of them and are barred from a 达标率', () => {
    const short = loadBlueprint('short-2024-20');
    const { forms } = assemble(short, 2, 1, null);
    const covered = forms.flatMap((form) => itemsOfForm(form, bank)).map((item) => item.benchmark.no);
    expect(new Set(covered).size).toBe(26);
    const [form] = forms;
    if (form === undefined) throw new Error('a form expected');
    const context = { bank, blueprint: short, instrument: loadInstrument('cast-2024') };
    const judged = judgeFormBeforeUse(form, context);
    expect(judged).toMatchObject({ ok: true, value: { coverage: { barredFromRate: true } } });
    expect(verifyFormSet([form, form], { ...context, hash: sha256 }).map(({ rule }) => rule)).toContain(
      'benchmarkRotation',
    );
  });
});

describe('an infeasible blueprint', () => {
  const sentencesFor = (changes: Partial<Blueprint>): readonly string[] => {
    const blueprint = { ...cast, ...changes };
    const result = assembleParallelForms({ bank, blueprint, count: 1, seed: 1 }, { solve, hash: sha256 });
    if (result.ok || result.infeasible.conflict === null) throw new Error('a conflict expected');
    return conflictSentences(result.infeasible.conflict, blueprint);
  };

  it('names the dimension the bank cannot supply, and how many it has', () => {
    const [first] = sentencesFor({
      itemCount: 76,
      dimensions: { ...cast.dimensions, S1: { min: 31, max: 31 } },
    });
    expect(first).toBe('做不到：维度“科学精神”的题数要求正好31，可用的题最多给出30。');
  });

  it('names a topic no item carries', () => {
    const [first, second] = sentencesFor({ topicGroups: [{ id: '没有的', tags: ['没有的'], min: 1, max: 2 }] });
    expect(first).toBe('做不到：主题“没有的”的题数要求1–2，可用的题最多给出0。');
    expect(second).toBe('主题“没有的”的题数要求1–2，还差1，可以补充这类题，或降低下限。');
  });

  it('names time and length together when fifty items cannot be answered in so little time', () => {
    const [first] = sentencesFor({ maximumTimeSec: 600 });
    expect(first).toContain('这些要求不能同时满足');
    expect(first).toContain('作答总时长（秒）要求不超过600');
    expect(first).toContain('总题数要求正好50');
  });
});
