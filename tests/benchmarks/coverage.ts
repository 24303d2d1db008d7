/**
 * `npm run -s bench -- coverage [--samples N] [--only intervals|districts]`: how often 95 % intervals cover the share of
 * a known clustered population, how often a share equal to the target is called reached (COVERAGE.md), and how often equal
 * districts are told apart (EQUAL_DISTRICTS.md). A simulation, not a test: some ten minutes for 2,000 samples a setting.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSurveyDesign } from '../../shared/estimation/design/surveyDesign';
import { estimate } from '../../shared/estimation/estimate';
import { proportionInterval, type ProportionIntervalMethod } from '../../shared/estimation/intervals';
import { judgeTarget } from '../../shared/estimation/verdict';
import { createRandom } from '../../shared/numeric/seededRandom';
import { createPopulation, drawSample, type Setting } from './clusteredPopulation';
import { districtTable } from './equalDistricts';
import { valueOf } from './tasks';

const methods = ['logit', 'korn-graubard', 'wilson', 'mean'] as const satisfies ProportionIntervalMethod[];
type Method = (typeof methods)[number];

interface Counts {
  /** Intervals wholly below and wholly above the truth. */
  below: number;
  above: number;
}

interface Outcome {
  readonly setting: Setting;
  readonly degreesOfFreedom: number;
  readonly samples: number;
  /** Variance of the estimates over p(1-p)/n. */
  readonly designEffect: number;
  readonly misses: Readonly<Record<Method, Counts>>;
  /** Verdict "reached" with the target at the truth. */
  readonly reached: number;
  readonly withoutInterval: number;
}

/** [respondents, PSUs, strata] */
const designs = [
  [200, 5, 1],
  [200, 10, 2],
  [200, 20, 5],
  [400, 5, 1],
  [400, 10, 2],
  [400, 20, 5],
  [400, 60, 15],
  [1000, 5, 1],
  [1000, 10, 2],
  [1000, 20, 5],
  [1000, 60, 15],
  [4000, 20, 5],
  [4000, 60, 15],
] as const;
const sharesInSimulation = [0.03, 0.1, 0.3] as const;
const designEffects = [1, 1.5, 2, 3] as const;

function simulate(setting: Setting, samples: number): Outcome {
  const name = JSON.stringify(setting);
  const population = createPopulation(setting, name);
  const random = createRandom(`sample ${name}`);
  const misses: Record<Method, Counts> = {
    logit: { below: 0, above: 0 },
    'korn-graubard': { below: 0, above: 0 },
    wilson: { below: 0, above: 0 },
    mean: { below: 0, above: 0 },
  };
  const { truth } = population;
  const goal = { operator: 'gte', value: truth, aspirational: false } as const;
  let [reached, withoutInterval, sum, squares] = [0, 0, 0, 0];
  for (let index = 0; index < samples; index++) {
    const sample = drawSample(population, random);
    const stages = [{ units: sample.psus, strata: sample.strata }];
    const design = valueOf(createSurveyDesign({ stages, weights: sample.weights }));
    const found = valueOf(estimate(design, { statistic: 'proportion', outcome: sample.outcome }));
    sum += found.estimate;
    squares += found.estimate ** 2;
    if (judgeTarget({ estimate: found, goal, basis: 'probability' }).verdict === 'reached') reached++;
    for (const method of methods) {
      const evidence = { ...found, variance: found.variance ?? 0, confidenceLevel: 0.95 };
      const interval = proportionInterval(method, evidence);
      if (interval === null || Number.isNaN(interval.lower + interval.upper)) withoutInterval++;
      else if (interval.lower > truth) misses[method].above++;
      else if (interval.upper < truth) misses[method].below++;
    }
  }
  const variance = (squares - sum ** 2 / samples) / (samples - 1);
  return {
    setting,
    degreesOfFreedom: setting.psus - setting.strata,
    samples,
    designEffect: (variance * setting.respondents) / (truth * (1 - truth)),
    misses,
    reached,
    withoutInterval,
  };
}

const coverage = ({ misses, samples }: Outcome, method: Method): number =>
  1 - (misses[method].below + misses[method].above) / samples;

/** Why statistics.md lets an interval leave 93-97 %; empty inside the band. */
function reasonFor(outcome: Outcome, method: Method): string {
  const covered = coverage(outcome, method);
  if (covered >= 0.93 && covered <= 0.97) return '';
  const { respondents, share, designEffect } = outcome.setting;
  const cases = (respondents * share) / designEffect;
  if (method === 'mean') return 'Wald: unfit for small shares (section 5)';
  if (covered > 0.97 && method === 'korn-graubard') return 'safe and wide by construction (section 5)';
  if (cases < 10) return `only ${cases.toFixed(0)} effective cases`;
  if (outcome.degreesOfFreedom < 5) return 'fewer than 5 degrees of freedom';
  return 'NOT PREDICTED';
}

const percent = (share: number): string => (100 * share).toFixed(1);

function tableRow(outcome: Outcome): string {
  const { setting, samples, misses } = outcome;
  const cells = methods.map((method) => {
    const covered = percent(coverage(outcome, method));
    const tails = `${percent(misses[method].below / samples)}/${percent(misses[method].above / samples)}`;
    return `${reasonFor(outcome, method) === '' ? covered : `**${covered}**`} (${tails})`;
  });
  const notes = (['logit', 'korn-graubard', 'wilson'] as const)
    .map((method) => [method, reasonFor(outcome, method)] as const)
    .filter(([, reason]) => reason !== '')
    .map(([method, reason]) => `${method}: ${reason}`);
  const first = [
    setting.respondents,
    setting.psus,
    outcome.degreesOfFreedom,
    percent(setting.share),
    `${setting.designEffect} (${outcome.designEffect.toFixed(2)})`,
  ];
  return `| ${[...first, ...cells, percent(outcome.reached / samples), notes.join('; ')].join(' | ')} |`;
}

function summary(outcomes: readonly Outcome[]): string[] {
  return methods.map((method) => {
    const covered = outcomes.map((outcome) => coverage(outcome, method));
    const inside = covered.filter((share) => share >= 0.93 && share <= 0.97).length;
    const unexplained = outcomes.filter((outcome) => reasonFor(outcome, method) === 'NOT PREDICTED').length;
    const mean = covered.reduce((sum, share) => sum + share, 0) / covered.length;
    return `- ${method}: ${inside} of ${covered.length} settings within 93-97 %, mean ${percent(mean)} %, lowest ${percent(Math.min(...covered))} %, highest ${percent(Math.max(...covered))} %; outside and not predicted: ${unexplained}`;
  });
}

function report(outcomes: readonly Outcome[], samples: number): string {
  const worst = Math.max(...outcomes.map(({ reached }) => reached / samples));
  const mean = outcomes.reduce((sum, { reached }) => sum + reached / samples, 0) / outcomes.length;
  const missing = outcomes.reduce((sum, { withoutInterval }) => sum + withoutInterval, 0);
  return [
    '# Coverage of the intervals',
    '',
    `Written by \`npm run -s bench -- coverage --only intervals --samples ${samples}\`: ${samples} samples a setting from a fixed population of`,
    'clustered shares (beta-distributed within strata), PSUs with replacement, unequal weights where the design effect is above 1.',
    `Monte-Carlo error of a coverage of 95 %: ${percent(Math.sqrt((0.95 * 0.05) / samples))} points. In brackets: intervals wholly below / wholly above the truth, nominal 2.5 each.`,
    'Bold: outside 93-97 %. The design effect in brackets is the one that came out (variance of the estimates over p(1-p)/n).',
    '"Reached": verdicts "reached" when the target equals the truth, at most about 2.5 % by design and 3 % by our own rule.',
    '',
    ...summary(outcomes),
    `- false "reached": mean ${percent(mean)} %, highest ${percent(worst)} %; settings above 3 %: ${outcomes.filter(({ reached }) => reached / samples > 0.03).length} of ${outcomes.length}`,
    `- samples without an interval: ${missing}`,
    '',
    '## Every setting',
    '',
    '| n | PSUs | df | p % | deff | logit | Korn-Graubard | Wilson | mean (Wald) | reached % | why outside |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...outcomes.map(tableRow),
    '',
  ].join('\n');
}

function optionOf(name: string): string | undefined {
  const place = process.argv.indexOf(name);
  return place < 0 ? undefined : process.argv[place + 1];
}

const write = (file: string, text: string): void =>
  writeFileSync(fileURLToPath(new URL(file, import.meta.url)), text);

function simulateIntervals(samples: number): void {
  const outcomes: Outcome[] = [];
  for (const [respondents, psus, strata] of designs) {
    for (const share of sharesInSimulation) {
      for (const designEffect of designEffects) {
        const outcome = simulate({ respondents, psus, strata, share, designEffect }, samples);
        outcomes.push(outcome);
        process.stdout.write(`${tableRow(outcome)}\n`);
      }
    }
  }
  write('COVERAGE.md', report(outcomes, samples));
}

const sampleCount = Number(optionOf('--samples') ?? 2000);
if (optionOf('--only') !== 'districts') simulateIntervals(sampleCount);
if (optionOf('--only') !== 'intervals') write('EQUAL_DISTRICTS.md', districtTable(sampleCount).join('\n'));
