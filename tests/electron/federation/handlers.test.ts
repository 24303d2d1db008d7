/** Two offices, each with its own data folder: the county exports, the city checks the signer and combines. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoSurvey } from '@electron/backend/usecases/createDemoSurvey';
import { analysisInput } from '@electron/backend/usecases/estimateSurvey';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { FileToken, SurveyId } from '@shared/domain/ids';
import type { TestHost } from '../../support/host';
import { openTestHost } from '../../support/host';

let county: TestHost;
let city: TestHost;
let countySurvey: SurveyId;
let citySurvey: SurveyId;
let packageBytes: Buffer;
let fingerprint: string;

async function demoOn(host: TestHost): Promise<SurveyId> {
  const created = await createDemoSurvey(host.host.context, {
    planId: 'huaiyin',
    respondents: 700,
    seed: 4,
    job: null,
  });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value;
}

const put = (bytes: Buffer): FileToken => city.host.context.files.put('淮阴区.zhtotals', bytes).token;

beforeAll(async () => {
  county = await openTestHost();
  city = await openTestHost();
  countySurvey = await demoOn(county);
  citySurvey = await demoOn(city);
  const made = await county.value('federation/exportPackage', {
    surveyId: countySurvey,
    countyCode: null,
    cityCells: [],
    minimumCellCount: 3,
  });
  const file = county.host.context.files.get(made.token);
  if (file === null) throw new Error('no file');
  packageBytes = file.bytes;
  fingerprint = made.fingerprint;
}, 120_000);

afterAll(() => {
  county.close();
  city.close();
});

describe('the city', () => {
  it('shows an unknown key as new and combines nothing before a person has confirmed it', async () => {
    const tokens = [put(packageBytes)];
    expect(await city.value('federation/listPackages', { tokens })).toMatchObject([
      { countyName: '淮阴区', signer: 'new', fingerprint },
    ]);
    const refused = await city.call('federation/runCombine', { surveyId: citySurvey, tokens, confirmed: [] });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'PACKAGE_SIGNER_UNKNOWN' } });
    expect(existsSync(join(city.dataDir, 'keys', 'signers.json'))).toBe(false);
  });

  it('gets the county its own calibrated figures back, and knows the key from then on', async () => {
    const tokens = [put(packageBytes)];
    const confirmed = [fingerprint];
    const combined = await city.value('federation/runCombine', { surveyId: citySurvey, tokens, confirmed });
    expect(combined.calibration).toBe('county');
    const input = analysisInput(county.host.context, countySurvey);
    const own = input.ok ? analyseSurvey(input.value) : input;
    if (!own.ok) throw new Error(own.failure.code);
    const [ours, theirs] = [combined.headline.literate, own.value.headline.literate];
    if (ours.state !== 'shown' || theirs.state !== 'shown') throw new Error('both are shown');
    expect(ours.estimate).toBeCloseTo(theirs.estimate, 10);
    expect(ours.standardError).toBeCloseTo(theirs.standardError, 10);
    expect(ours.interval?.upper).toBeCloseTo(theirs.interval?.upper ?? NaN, 10);
    expect(ours.degreesOfFreedom).toBe(theirs.degreesOfFreedom);
    const again = await city.value('federation/listPackages', { tokens });
    expect(again).toMatchObject([{ signer: 'known' }]);
  });

  it('refuses a register of keys that another hand has changed', async () => {
    const path = join(city.dataDir, 'keys', 'signers.json');
    const before = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      before.replace(fingerprint.slice(0, 4), fingerprint.startsWith('0000') ? '1111' : '0000'),
    );
    const listed = await city.call('federation/listPackages', { tokens: [put(packageBytes)] });
    expect(listed).toMatchObject({ ok: false, failure: { code: 'KEY_FILE_DAMAGED' } });
    writeFileSync(path, before);
  });
});

describe('the county', () => {
  it('signs with the same key every time, which is not the key of another folder', async () => {
    const request = { countyCode: null, cityCells: [], minimumCellCount: 3 };
    const again = await county.value('federation/exportPackage', { surveyId: countySurvey, ...request });
    const other = await city.value('federation/exportPackage', { surveyId: citySurvey, ...request });
    expect(again.fingerprint).toBe(fingerprint);
    expect(other.fingerprint).not.toBe(fingerprint);
  });

  it('lets no role but statisticians and administrators export', async () => {
    await county.value('app/updateRole', { role: 'enumerator' });
    const request = { surveyId: countySurvey, countyCode: null, cityCells: [], minimumCellCount: 3 };
    expect(await county.call('federation/exportPackage', request)).toMatchObject({
      ok: false,
      failure: { code: 'FORBIDDEN' },
    });
  });
});
