/** Sums instead of answers: a county's signed package, and the city's estimates from several. */
import { z } from 'zod';
import { fileToken, surveyId } from '../../domain/ids';
import { cityCellVariables } from '../../federation/exportSurvey';
import { federatedResults } from '../../federation/federatedResults';
import { channel } from '../channel';

const roles = ['statistician', 'administrator'] as const;
const tokens = z.array(fileToken).min(1).max(200);

export const packageRow = z.strictObject({
  token: fileToken,
  fileName: z.string(),
  countyCode: z.string(),
  countyName: z.string(),
  surveyName: z.string(),
  year: z.int(),
  respondentCount: z.int(),
  createdAt: z.string(),
  fingerprint: z.string(),
  /** `known`: the county's registered key; `new`: none is registered; `changed`: another one is. */
  signer: z.enum(['known', 'new', 'changed']),
});
export type PackageRow = z.infer<typeof packageRow>;

export const federationChannels = {
  'federation/exportPackage': channel(
    z.strictObject({
      surveyId,
      /** Null = the region of the survey. */
      countyCode: z.string().min(1).max(20).nullable(),
      cityCells: z.array(z.enum(cityCellVariables)),
      minimumCellCount: z.int().min(1).max(100),
    }),
    z.strictObject({
      token: fileToken,
      fileName: z.string(),
      fingerprint: z.string(),
      withheld: z.array(z.string()),
    }),
    { roles },
  ),
  'federation/listPackages': channel(z.strictObject({ tokens }), z.array(packageRow), { roles }),
  /** The survey gives thresholds, the rule for single PSUs and, where the city calibrates, its margins. */
  'federation/runCombine': channel(
    z.strictObject({ surveyId, tokens, confirmed: z.array(z.string().max(80)).max(200) }),
    federatedResults,
    { roles },
  ),
} as const;
