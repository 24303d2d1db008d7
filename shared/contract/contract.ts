/**
 * The one contract between every screen and every host. Preload, browser client, handler registration and
 * validation are derived from this table; nobody registers a channel by hand.
 */
import type { z } from 'zod';
import { analysisChannels } from './areas/analysis';
import { appChannels } from './areas/app';
import { bankChannels } from './areas/banks';
import { calibrationChannels } from './areas/calibrations';
import { federationChannels } from './areas/federation';
import { formChannels } from './areas/forms';
import { handInChannels } from './areas/handIn';
import { importChannels } from './areas/imports';
import { interviewChannels } from './areas/interviews';
import { itemReferenceChannels } from './areas/itemReferences';
import { itemTransferChannels } from './areas/itemTransfer';
import { itemChannels } from './areas/items';
import { paperChannels } from './areas/paper';
import { planningChannels } from './areas/planning';
import { practiceChannels } from './areas/practice';
import { registryChannels } from './areas/registry';
import { resultChannels } from './areas/results';
import { surveyChannels } from './areas/surveys';
import type { Channel, Reply } from './channel';

export const contract = {
  ...appChannels,
  ...registryChannels,
  ...surveyChannels,
  ...interviewChannels,
  ...importChannels,
  ...resultChannels,
  ...analysisChannels,
  ...calibrationChannels,
  ...federationChannels,
  ...paperChannels,
  ...planningChannels,
  ...practiceChannels,
  ...itemChannels,
  ...itemReferenceChannels,
  ...itemTransferChannels,
  ...bankChannels,
  ...formChannels,
  ...handInChannels,
} as const satisfies Record<string, Channel>;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type Input<C extends ChannelName> = z.infer<Contract[C]['input']>;
export type CallInput<C extends ChannelName> = z.input<Contract[C]['input']>;
export type Output<C extends ChannelName> = z.infer<Contract[C]['output']>;

/** Host side: one handler per channel, missing ones do not compile. */
export type Handlers<Context> = {
  readonly [C in ChannelName]: (input: Input<C>, context: Context) => Promise<Reply<Output<C>>>;
};

/** Screen side: the same channels as calls. */
export type Client = {
  readonly [C in ChannelName]: (input: CallInput<C>) => Promise<Reply<Output<C>>>;
};

export const channelNames = Object.keys(contract) as readonly ChannelName[];
