/** 题库管理: the banks of a folder, their keys and who looked at them. */
import { z } from 'zod';
import { channel, noInput } from '../channel';

/** Where somebody met the key of an item. */
export const keyViewPlaces = ['itemPage', 'itemAnalysis', 'export', 'print', 'formJudgement'] as const;
export const keyViewPlace = z.enum(keyViewPlaces);
export type KeyViewPlace = z.infer<typeof keyViewPlace>;

const bankRoles = ['itemEditor', 'administrator'] as const;
const bankId = z.string().min(1).max(60);

/** public: nothing to open; missing: only the questions are installed; sealed and open: as the session has it. */
export const bankKeyStates = ['public', 'missing', 'sealed', 'open'] as const;
export type BankKeyState = (typeof bankKeyStates)[number];

export const bankRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  statusNote: z.string(),
  itemCount: z.int(),
  keys: z.enum(bankKeyStates),
  /** Fingerprint of whoever signed the bank; null for what ships with the product. */
  signer: z.string().nullable(),
  isInUse: z.boolean(),
  /** Complete cases on forms of this bank that wait for their score. */
  unscoredCount: z.int(),
});
export type BankRow = z.infer<typeof bankRow>;

export const keyEvent = z.strictObject({
  at: z.iso.datetime(),
  /** Action of the audit log, e.g. `item.keyViewed`. */
  action: z.string(),
  bankId: z.string(),
  /** Null for an event of a whole bank. */
  itemId: z.string().nullable(),
  version: z.string(),
  role: z.string(),
  by: z.string(),
  /** Null where nothing was shown. */
  via: keyViewPlace.nullable(),
});
export type KeyEvent = z.infer<typeof keyEvent>;

export const bankChannels = {
  'bank/list': channel(
    noInput,
    z.strictObject({
      banks: z.array(bankRow),
      /** Without a passphrase of the folder nothing private may be kept in it. */
      hasPassphrase: z.boolean(),
    }),
    { roles: bankRoles },
  ),
  'bank/updateInUse': channel(z.strictObject({ bankId }), z.strictObject({ bankId: z.string() }), {
    roles: bankRoles,
  }),
  'bank/listKeyEvents': channel(
    z.strictObject({
      /** Part of an item number or bank id; '' for all. */
      search: z.string().trim().max(60),
      /** Day on the wall of the host; null for all. */
      day: z.iso.date().nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ events: z.array(keyEvent), total: z.int() }),
    { roles: bankRoles },
  ),
  'bank/getLogCheck': channel(
    noInput,
    z.strictObject({
      eventCount: z.int(),
      /** Number of the first event that does not fit; null when the chain is whole. */
      brokenAt: z.int().nullable(),
      head: z.string(),
    }),
    { roles: bankRoles },
  ),
} as const;
