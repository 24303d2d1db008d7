/**
 * The single door of every host. Whatever transport a call came by, it is looked up in the contract, checked
 * for lock and role, parsed, handled, and answered as a value; nothing thrown ever reaches a screen.
 */
import type { ChannelName, Handlers } from '@shared/contract/contract';
import { contract } from '@shared/contract/contract';
import type { Channel, Reply } from '@shared/contract/channel';
import { fail } from '@shared/domain/result';
import type { HostContext } from './context';

export type Dispatch = (channelName: string, input: unknown) => Promise<Reply<unknown>>;

const isChannelName = (name: string): name is ChannelName => Object.hasOwn(contract, name);

function refusal(channel: Channel, context: HostContext): Reply<never> | null {
  if (channel.beforeUnlock !== true && context.vault.status().state !== 'ready')
    return fail('STORAGE_LOCKED');
  if (channel.roles !== undefined && !channel.roles.includes(context.session.role))
    return fail('FORBIDDEN', { role: context.session.role });
  return null;
}

export function createDispatch(handlers: Handlers<HostContext>, context: HostContext): Dispatch {
  return async (channelName, input) => {
    if (!isChannelName(channelName)) return fail('INVALID_INPUT', { channel: channelName.slice(0, 60) });
    const channel: Channel = contract[channelName];
    const refused = refusal(channel, context);
    if (refused !== null) return refused;
    const parsed = channel.input.safeParse(input);
    if (!parsed.success)
      return fail('INVALID_INPUT', {
        channel: channelName,
        field: parsed.error.issues[0]?.path.join('.') ?? '',
      });
    // The table above proved that the parsed value is this channel's input; TypeScript cannot follow a dynamic key.
    const handler = handlers[channelName] as (value: unknown, host: HostContext) => Promise<Reply<unknown>>;
    try {
      return await handler(parsed.data, context);
    } catch (error) {
      return context.problemToReply(error, channelName);
    }
  };
}
