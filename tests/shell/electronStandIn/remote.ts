/** The harness as the stand-in sees it. Bound once by `electron.ts` when every method of main exists. */
import type { MainMethods, Port, ScreenMethods, Wire } from './wire';
import { connectWire } from './wire';

const port: Port = {
  send(message) {
    if (process.send === undefined) throw new Error('the stand-in must be started by the harness');
    // The channel may close under a call that is still being answered while the harness ends the process.
    process.send(message, undefined, undefined, () => undefined);
  },
  onMessage: (listener) => process.on('message', listener),
};

let wire: Wire<ScreenMethods> | null = null;

export function bindScreen(methods: MainMethods): void {
  wire = connectWire<MainMethods, ScreenMethods>(port, methods);
}

export function screen(): ScreenMethods {
  if (wire === null) throw new Error('the stand-in is not connected to the harness');
  return wire.remote;
}
