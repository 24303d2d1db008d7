/** Handlers of one area of the contract. */
import type { ChannelName, Handlers } from '@shared/contract/contract';
import type { HostContext } from '../context';

export type AreaHandlers<Area extends Record<string, unknown>> = Pick<
  Handlers<HostContext>,
  Extract<keyof Area, ChannelName>
>;
