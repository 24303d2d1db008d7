/** TEST DATA: comparison sections of a results document whose districts and groups are taken as independent. */
import { comparisonOf } from '@shared/analysis/comparison';
import { smallAreaOf } from '@shared/analysis/smallArea';
import { wholeId } from '@shared/analysis/jointParts';
import { ok } from '@shared/domain/result';
import type { SurveyResults } from '@shared/results/surveyResults';

type Published = Pick<SurveyResults, 'basis' | 'confidenceLevel' | 'headline' | 'units' | 'groups'>;

type Sections = Pick<SurveyResults, 'comparison' | 'smallArea'>;

/** Many tests ask for the same document; what it costs to compare is paid once. */
const known = new Map<string, Sections>();

export function comparisonSections({ basis, confidenceLevel, headline, units, groups }: Published): Sections {
  const published = { basis, confidenceLevel, headline, units, groups };
  const key = JSON.stringify(published);
  const sections = known.get(key) ?? sectionsOf(published);
  known.set(key, sections);
  return structuredClone(sections);
}

function sectionsOf(published: Published): Sections {
  const figures = new Map([
    [wholeId, published.headline.literate],
    ...published.units.map(({ regionCode, literate }) => [regionCode, literate] as const),
    ...published.groups.map(({ category, literate }) => [category, literate] as const),
  ]);
  const shown = (id: string) => {
    const figure = figures.get(id);
    if (figure?.state !== 'shown') throw new Error(`${id} takes part in a comparison but is not shown`);
    return figure;
  };
  return {
    comparison: comparisonOf({
      ...published,
      rows: [],
      jointly: (domains) =>
        ok({
          ids: domains.map(({ id }) => id),
          estimates: Float64Array.from(domains, ({ id }) => shown(id).estimate),
          covariance: Float64Array.from(
            domains.flatMap((row, i) =>
              domains.map((_, j) => (i === j ? shown(row.id).standardError ** 2 : 0)),
            ),
          ),
          degreesOfFreedom: 90,
          ownDegreesOfFreedom: Float64Array.from(domains, ({ id }) => shown(id).degreesOfFreedom),
        }),
    }),
    smallArea: smallAreaOf(published),
  };
}
