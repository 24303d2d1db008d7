/** How often districts of equal shares are told apart: the chance of any false claim, at most 5 %. */
import { allPairs } from '../../shared/estimation/simultaneous';
import { simultaneousDifferences } from '../../shared/estimation/simultaneousDifferences';
import { pairwiseDifferences, type PairwiseDifference } from '../../shared/estimation/comparisons';
import { createSurveyDesign } from '../../shared/estimation/design/surveyDesign';
import { estimateJointly, type JointEstimates } from '../../shared/estimation/jointEstimates';
import { createRandom } from '../../shared/numeric/seededRandom';
import { createPopulation, drawSample, type Setting } from './clusteredPopulation';
import { valueOf } from './tasks';

interface DistrictSetting {
  readonly districts: number;
  /** Of one district. */
  readonly respondents: number;
  readonly psus: number;
  readonly share: number;
  readonly designEffect: number;
}

const settings: readonly DistrictSetting[] = [3, 8].flatMap((districts) =>
  [
    { respondents: 100, psus: 5 },
    { respondents: 200, psus: 10 },
    { respondents: 400, psus: 20 },
  ].flatMap((size) =>
    [0.05, 0.15].flatMap((share) =>
      [1.5, 2.5].map((designEffect) => ({ districts, ...size, share, designEffect })),
    ),
  ),
);

/** Every district is a stratum; all draw from the same population of PSUs, so their truths are equal. */
function separated(setting: DistrictSetting, samples: number): { holm: number; simultaneous: number } {
  const { districts, respondents, psus, share, designEffect } = setting;
  const one: Setting = { respondents, psus, strata: 1, share, designEffect };
  const name = JSON.stringify(setting);
  const single = createPopulation(one, name);
  const stratum = single.strata[0] ?? [];
  const population = {
    ...single,
    setting: { ...one, respondents: respondents * districts, psus: psus * districts, strata: districts },
    strata: Array.from({ length: districts }, () => stratum),
  };
  const random = createRandom(`sample ${name}`);
  const found = { holm: 0, simultaneous: 0 };
  for (let index = 0; index < samples; index++) {
    const sample = drawSample(population, random);
    const stages = [{ units: sample.psus, strata: sample.strata }];
    const design = valueOf(createSurveyDesign({ stages, weights: sample.weights }));
    const domains = Array.from({ length: districts }, (_, district) => ({
      id: String(district),
      member: Uint8Array.from(sample.strata, (code) => (code === district ? 1 : 0)),
    }));
    const request = { statistic: 'proportion', outcome: sample.outcome } as const;
    const joint = valueOf(estimateJointly(design, request, domains));
    const differences = pairwiseDifferences(joint, 'holm');
    if (differences.some(({ adjustedPValue }) => adjustedPValue !== null && adjustedPValue < 0.05))
      found.holm++;
    if (simultaneousSeparates(joint, differences)) found.simultaneous++;
  }
  return found;
}

/** Adjusted p-values are never below plain ones: without a plain p below 5 % there is nothing to look at. */
function simultaneousSeparates(joint: JointEstimates, differences: readonly PairwiseDifference[]): boolean {
  if (!differences.some(({ pValue }) => pValue !== null && pValue < 0.05)) return false;
  return simultaneousDifferences(joint, allPairs(joint.ids.length)).differences.some(
    ({ pValue }) => pValue !== null && pValue < 0.05,
  );
}

export function districtTable(samples: number): string[] {
  const percent = (count: number): string => {
    const share = ((100 * count) / samples).toFixed(1);
    return count / samples > 0.05 ? `**${share}**` : share;
  };
  const rates: [number, number][] = [];
  const above = (method: 0 | 1): number => rates.filter((rate) => rate[method] / samples > 0.05).length;
  const lines = settings.map((setting) => {
    const { holm, simultaneous } = separated(setting, samples);
    rates.push([holm, simultaneous]);
    const { districts, respondents, psus, share, designEffect } = setting;
    const cells = [
      districts,
      respondents,
      psus,
      100 * share,
      designEffect,
      percent(holm),
      percent(simultaneous),
    ];
    const line = `| ${cells.join(' | ')} |`;
    process.stdout.write(`${line}\n`);
    return line;
  });
  return [
    '# Equal districts told apart',
    '',
    'Share of samples (%) in which any two of the districts, equal in truth, are called different at 5 %. Bold: above 5 %;',
    `Written by \`npm run -s bench -- coverage --only districts --samples ${samples}\`;`,
    `the Monte-Carlo error at 5 % is ${(100 * Math.sqrt((0.05 * 0.95) / samples)).toFixed(1)} points. Differences have Welch's degrees of freedom.`,
    '',
    `${above(0)} of ${settings.length} settings above 5 % by Holm, ${above(1)} by the simultaneous method (\`simultaneousDifferences\`).`,
    '',
    '| districts | n each | PSUs each | p % | deff | Holm | simultaneous |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ];
}
