/** The whole host side of the contract; a channel without a handler does not compile. */
import type { Handlers } from '@shared/contract/contract';
import type { HostContext } from '../context';
import { analysisHandlers } from './analysis';
import { appHandlers } from './app';
import { bankHandlers } from './banks';
import { calibrationHandlers } from './calibrations';
import { federationHandlers } from './federation';
import { formHandlers } from './forms';
import { handInHandlers } from './handIn';
import { importHandlers } from './imports';
import { interviewHandlers } from './interviews';
import { itemReferenceHandlers } from './itemReferences';
import { itemTransferHandlers } from './itemTransfer';
import { itemHandlers } from './items';
import { paperHandlers } from './paper';
import { planningHandlers } from './planning';
import { practiceHandlers } from './practice';
import { registryHandlers } from './registry';
import { resultHandlers } from './results';
import { surveyHandlers } from './surveys';

export const handlers = {
  ...appHandlers,
  ...registryHandlers,
  ...surveyHandlers,
  ...interviewHandlers,
  ...importHandlers,
  ...resultHandlers,
  ...analysisHandlers,
  ...calibrationHandlers,
  ...federationHandlers,
  ...paperHandlers,
  ...planningHandlers,
  ...practiceHandlers,
  ...itemHandlers,
  ...itemReferenceHandlers,
  ...itemTransferHandlers,
  ...bankHandlers,
  ...formHandlers,
  ...handInHandlers,
} satisfies Handlers<HostContext>;
