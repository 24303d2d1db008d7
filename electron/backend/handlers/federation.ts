/** County packages: made, looked at, combined. Keys and registered signers belong to the data folder. */
import { join } from 'node:path';
import { settledMargins } from '@shared/analysis/sampleDesign';
import type { federationChannels, PackageRow } from '@shared/contract/areas/federation';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { HostContext } from '../context';
import { getSurvey } from '../database/repositories/surveys';
import { combineOpened, createCountyFile, openPackages, usualCombination } from '../federation/federate';
import type { OpenedPackage } from '../federation/signedPackage';
import { readSigners, writeSigners } from '../federation/signerFile';
import type { Signers } from '../federation/signers';
import { checkSigners } from '../federation/signers';
import { signingKeyOf } from '../federation/signingKey';
import { loadMargins } from '../usecases/estimateSurvey';
import type { AreaHandlers } from './handlerTypes';
import { shelve } from './imports';

const signerPath = (context: HostContext): string =>
  join(context.vault.storage().folder.keys, 'signers.json');

function knownSigners(context: HostContext): Result<Signers> {
  return readSigners(signerPath(context), context.vault.storage().dataKey);
}

function opened(context: HostContext, tokens: readonly string[]): Result<readonly OpenedPackage[]> {
  const files = tokens.map((token) => context.files.get(token));
  const present = files.filter((file) => file !== null);
  return present.length === files.length ? openPackages(present) : fail('NOT_FOUND', { what: 'file' });
}

function signerOf(known: Signers, { content, fingerprint }: OpenedPackage): PackageRow['signer'] {
  const registered = known[content.county.code];
  if (registered === undefined) return 'new';
  return registered === fingerprint ? 'known' : 'changed';
}

export const federationHandlers = {
  'federation/exportPackage': async ({ surveyId, countyCode, cityCells, minimumCellCount }, context) => {
    const request = { surveyId, county: countyCode, cityCells, minimumCellCount };
    const made = createCountyFile(context, request, signingKeyOf(context.vault.storage().dataKey));
    if (!made.ok) return made;
    const { fileName, bytes, fingerprint, content } = made.value;
    return ok({ ...shelve(context, fileName, bytes), fingerprint, withheld: content.withheld });
  },
  'federation/listPackages': async ({ tokens }, context) => {
    const packages = opened(context, tokens);
    if (!packages.ok) return packages;
    const known = knownSigners(context);
    if (!known.ok) return known;
    return ok(
      packages.value.flatMap((each, index) => {
        const file = context.files.get(tokens[index] ?? '');
        if (file === null) return [];
        const { county, survey, literate, createdAt } = each.content;
        return [
          {
            token: file.token,
            fileName: file.name,
            countyCode: county.code,
            countyName: county.name,
            surveyName: survey.name,
            year: survey.year,
            respondentCount: literate.rows.reduce((sum, row) => sum + row.respondents, 0),
            createdAt,
            fingerprint: each.fingerprint,
            signer: signerOf(known.value, each),
          },
        ];
      }),
    );
  },
  'federation/runCombine': async ({ surveyId, tokens, confirmed }, context) => {
    const { db, dataKey } = context.vault.storage();
    const survey = getSurvey(db, surveyId);
    if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
    const packages = opened(context, tokens);
    if (!packages.ok) return packages;
    const known = knownSigners(context);
    if (!known.ok) return known;
    const signers = checkSigners(known.value, packages.value, confirmed);
    if (!signers.ok) return signers;
    const isForCity = packages.value[0]?.content.literate.calibration === 'city';
    const margins = isForCity ? settledMargins(loadMargins(context, surveyId)?.margins ?? []) : [];
    const { singlePsuRule, disclosure } = survey.settings;
    const results = combineOpened(packages.value, {
      ...usualCombination,
      margins,
      singlePsuRule,
      thresholds: disclosure,
    });
    if (results.ok) writeSigners(signerPath(context), dataKey, signers.value);
    return results;
  },
} satisfies AreaHandlers<typeof federationChannels>;
