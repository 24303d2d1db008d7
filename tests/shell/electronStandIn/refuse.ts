/** Makes a partial Electron object safe: what the stand-in does not provide throws instead of being undefined. */

/** Names the language itself may ask for without meaning Electron. */
const languageNames = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype']);

export function refuseUnknown<T extends object>(name: string, provided: T): T {
  return new Proxy(provided, {
    get(target, key) {
      if (Reflect.has(target, key) || typeof key === 'symbol' || languageNames.has(key))
        return Reflect.get(target, key, target) as unknown;
      throw new Error(`the Electron stand-in has no ${name}.${key}`);
    },
    set(_target, key) {
      throw new Error(`the Electron stand-in does not let ${name}.${String(key)} be replaced`);
    },
  });
}
