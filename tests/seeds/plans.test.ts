import { describe, expect, it } from 'vitest';
import { evidenceOf, headlineGoalFor, planSchema, reachesGoal } from '@shared/domain/plan';
import { keyGroups } from '@shared/domain/groups';
import { locateEvidence } from '@shared/domain/planText';
import { findRegion } from '@shared/domain/region';
import { filesIn, loadPlan, loadPlans, loadRegionTree, planFiles, readJson, readText } from './planSeeds';

const withText = loadPlans().filter((plan) => plan.sourceText !== null);
const fixtureOf = (sourceText: string | null): string =>
  readText(`tests/fixtures/plans/${String(sourceText)}.txt`);
const compact = (text: string): string => text.replace(/\s/gu, '');

describe('the plan registry', () => {
  it.each(planFiles)('%s is a valid plan named after its id', (file) => {
    const plan = planSchema.parse(readJson(`seeds/plans/${file}`));
    expect(`${plan.id}.json`).toBe(file);
  });

  it('holds the five local plans and the national one', () => {
    const ids = loadPlans().map((plan) => plan.id);
    expect(ids.toSorted()).toEqual(['huaiyin', 'kunshan', 'liaocheng', 'national', 'suzhou', 'yangzhou']);
  });

  it('names only regions of the region tree', () => {
    const tree = loadRegionTree();
    const unknown = loadPlans().filter((plan) => findRegion(tree, plan.regionCode) === null);
    expect(unknown.map((plan) => plan.id)).toEqual([]);
  });

  it('lists the five key groups in every plan', () => {
    for (const plan of loadPlans()) expect(plan.keyGroups.map((group) => group.id)).toEqual([...keyGroups]);
  });
});

describe('the plan texts', () => {
  it('are shipped unchanged: each seed text equals its fixture', () => {
    const texts = filesIn('tests/fixtures/plans', '.txt');
    expect(filesIn('seeds/plans/texts', '.txt')).toEqual(texts);
    expect(texts).toHaveLength(5);
    for (const name of texts) {
      expect(readText(`seeds/plans/texts/${name}`) === readText(`tests/fixtures/plans/${name}`), name).toBe(true);
    }
  });

  it.each(withText)('$id: every quotation stands literally in the clause given for it', (plan) => {
    const text = fixtureOf(plan.sourceText);
    const lost = evidenceOf(plan).filter((entry) => locateEvidence(text, entry) === null);
    expect(lost).toEqual([]);
    expect(evidenceOf(plan).every((entry) => entry.clause !== null)).toBe(true);
  });

  it.each(withText)('$id: title, document number and sub-group words are those of the text', (plan) => {
    const text = compact(fixtureOf(plan.sourceText));
    expect(text).toContain(compact(plan.title));
    if (plan.documentNumber !== null) expect(text).toContain(plan.documentNumber);
    for (const group of plan.subGroups) expect(text).toContain(group.wording);
  });

  it.each(withText)('$id: the number of each other target is printed in its quotation', (plan) => {
    for (const target of plan.otherTargets.filter((entry) => entry.operator !== 'approx')) {
      expect(target.quotation, target.id).toContain(String(target.value));
    }
  });

  it.each(withText)('$id: the share of each goal and baseline is printed in its quotation', (plan) => {
    for (const entry of [...plan.headlineGoals, ...plan.baselines]) {
      expect(entry.quotation, entry.id).toContain(`${String(entry.value)}%`);
    }
    for (const goal of plan.headlineGoals) expect(goal.quotation).toContain(goal.verb);
  });
});

describe('the headline goals', () => {
  it.each([
    ['suzhou', 2025, 'gte', 23, true],
    ['yangzhou', 2025, 'gt', 19, false],
    ['kunshan', 2025, 'gte', 23, true],
    ['huaiyin', 2025, 'gt', 17.5, false],
    ['liaocheng', 2025, 'gt', 15, false],
    ['national', 2025, 'gt', 15, false],
    ['national', 2035, 'gte', 25, false],
  ] as const)('%s %i is %s %d (aspirational: %s)', (...[id, year, operator, value, aspirational]) => {
    expect(headlineGoalFor(loadPlan(id), year)).toMatchObject({ operator, value, aspirational });
  });

  it('leave 2035 without a number for 苏州', () => {
    const plan = loadPlan('suzhou');
    expect(headlineGoalFor(plan, 2035)).toBeNull();
    expect(plan.qualitativeGoals.some((goal) => goal.year === 2035)).toBe(true);
  });

  it('read 超过 as strictly more and 达到 as at least', () => {
    const yangzhou = headlineGoalFor(loadPlan('yangzhou'), 2025);
    const suzhou = headlineGoalFor(loadPlan('suzhou'), 2025);
    expect([19, 19.01].map((share) => yangzhou !== null && reachesGoal(yangzhou, share))).toEqual([false, true]);
    expect([22.99, 23].map((share) => suzhou !== null && reachesGoal(suzhou, share))).toEqual([false, true]);
  });

  it('are refused when the operator contradicts the verb', () => {
    const plan = readJson('seeds/plans/yangzhou.json') as { headlineGoals: object[] };
    const wrong = { ...plan, headlineGoals: plan.headlineGoals.map((goal) => ({ ...goal, operator: 'gte' })) };
    expect(planSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('status and baselines', () => {
  it('shows only 淮阴 as a draft for comment, without number, date and issuer', () => {
    const drafts = loadPlans().filter((plan) => plan.status === 'draftForComment');
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ id: 'huaiyin', documentNumber: null, issuedOn: null, issuer: null });
  });

  it.each(['huaiyin', 'liaocheng'])('%s has no baseline and says so', (id) => {
    expect(loadPlan(id)).toMatchObject({ missingBaseline: true, baselines: [] });
  });

  it('keeps the stated baselines of 苏州, 扬州 and 昆山', () => {
    const valuesOf = (id: string): unknown => loadPlan(id).baselines.map(({ year, value }) => [year, value]);
    expect(valuesOf('suzhou')).toEqual([[2020, 16.7]]);
    expect(valuesOf('yangzhou')).toEqual([
      [2015, 8.2],
      [2020, 12.7],
    ]);
    expect(valuesOf('kunshan')).toEqual([[2020, 16.7]]);
  });

  it('flags the baseline of 昆山 as a suspected figure of the superior city, and no other', () => {
    const flagged = loadPlans().filter((plan) =>
      plan.baselines.some((baseline) => baseline.flags.includes('suspectedParentFigure')),
    );
    expect(flagged.map((plan) => plan.id)).toEqual(['kunshan']);
  });
});

describe('the other targets and duties', () => {
  it.each([
    ['suzhou', 12],
    ['yangzhou', 17],
    ['kunshan', 13],
    ['huaiyin', 9],
    ['liaocheng', 0],
    ['national', 0],
  ] as const)('%s has %i other quantified targets', (id, count) => {
    expect(loadPlan(id).otherTargets).toHaveLength(count);
  });

  it('keep yearly flows, levels and period totals apart', () => {
    const kindOf = (id: string, subject: string): string | undefined =>
      loadPlan(id).otherTargets.find((target) => target.subject === subject)?.kind;
    expect(kindOf('suzhou', '乡村科技人才')).toBe('flow');
    expect(kindOf('suzhou', '高技能人才总量')).toBe('stock');
    expect(kindOf('yangzhou', '新评定市级科普教育基地')).toBe('periodTotal');
  });

  it.each([
    ['suzhou', 'regular'],
    ['yangzhou', 'regular'],
    ['kunshan', 'regular'],
    ['huaiyin', 'twiceInFiveYears'],
    ['liaocheng', 'whenAppropriate'],
  ] as const)('%s asks for the literacy assessment: %s', (id, frequency) => {
    expect(loadPlan(id).duties[0]?.frequency).toBe(frequency);
  });
});
