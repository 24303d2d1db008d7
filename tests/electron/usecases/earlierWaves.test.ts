/** What the host counts as an earlier survey: same plan and region, an earlier year, results that fit their data. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { SurveyId } from '@shared/domain/ids';
import type { SurveySettings } from '@shared/domain/survey';
import { saveResult } from '@electron/backend/database/repositories/results';
import { getSurvey, saveSurveyRevision } from '@electron/backend/database/repositories/surveys';
import { analysisInput } from '@electron/backend/usecases/estimateSurvey';
import { standardSpec, storedResults } from '@electron/backend/usecases/resultStore';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

let test: TestHost;
let earlier: SurveyId;
let later: SurveyId;

const context = () => test.host.context;
const db = () => context().vault.storage().db;

async function demo(changes: Partial<SurveySettings>): Promise<SurveyId> {
  const { surveyId } = await test.value('demo/create', {
    planId: 'suzhou',
    jobId: `job-${changes.year ?? 0}`,
    respondents: 300,
  });
  revise(surveyId, changes);
  return surveyId;
}

function revise(id: SurveyId, changes: Partial<SurveySettings>): void {
  const survey = getSurvey(db(), id);
  if (survey === null) throw new Error('the demo survey exists');
  saveSurveyRevision(db(), id, { settings: { ...survey.settings, ...changes } });
}

const inputOf = (id: SurveyId) => {
  const input = analysisInput(context(), id);
  if (!input.ok) throw new Error(input.failure.code);
  return input.value;
};

/** Computes and stores results, as a worker would; by default for the data as they are. */
function store(
  id: SurveyId,
  change: (document: object) => object = (document) => document,
  fingerprint?: string,
): void {
  const input = inputOf(id);
  const results = analyseSurvey(input);
  if (!results.ok) throw new Error(results.failure.code);
  const document = JSON.parse(JSON.stringify(change(results.value))) as never;
  const dataFingerprint = fingerprint ?? input.dataFingerprint;
  saveResult(db(), { surveyId: id, spec: standardSpec, dataFingerprint, document });
}

beforeAll(async () => {
  test = await openTestHost();
  earlier = await demo({ year: 2021, name: '2021 年调查' });
  later = await demo({ year: 2023 });
}, 60_000);
afterAll(() => {
  test.close();
  removeFolder(test.dataDir);
});

describe('earlier surveys', () => {
  it('are none until one has results', () => {
    expect(inputOf(later).earlierWaves).toEqual([]);
  });

  it('bring their published figures, and never a later year', () => {
    store(earlier);
    expect(inputOf(later).earlierWaves).toMatchObject([
      { surveyId: earlier, surveyName: '2021 年调查', year: 2021, instrumentKey: 'cast-2024@1' },
    ]);
    expect(inputOf(earlier).earlierWaves).toEqual([]);
  });

  it('of another region are left out', () => {
    revise(earlier, { regionCode: '320583' });
    expect(inputOf(later).earlierWaves).toEqual([]);
    revise(earlier, { regionCode: '320500' });
  });

  it('whose results no longer fit their data are left out', () => {
    store(earlier, undefined, 'older data');
    expect(inputOf(later).earlierWaves).toEqual([]);
  });
});

describe('a results document stored by a version without these sections', () => {
  it('is asked for again instead of breaking a page', () => {
    store(later, (document) => ({ ...document, progress: undefined }));
    expect(storedResults(context(), later)).toEqual({ results: null, isStale: true });
    store(later);
    expect(storedResults(context(), later).isStale).toBe(false);
  });
});
