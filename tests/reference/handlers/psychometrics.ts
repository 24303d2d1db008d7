/** P23: what P12 does not hold. */
import type { Handler } from '../support/referenceCase';
import { formOutlook } from './formOutlook';

export const psychometrics: Handler = (check) => {
  if (check.id.startsWith('outlook_')) return formOutlook(check);
  return undefined;
};
