/** 题库管理: the banks of a folder, their keys and who looked at them. */
import { z } from 'zod';
import { fileToken, jobId } from '../../domain/ids';
import { channel, noInput } from '../channel';

/** Where somebody met the key of an item. */
export const keyViewPlaces = ['itemPage', 'itemAnalysis', 'export', 'print', 'formJudgement'] as const;
export const keyViewPlace = z.enum(keyViewPlaces);
export type KeyViewPlace = z.infer<typeof keyViewPlace>;

const bankRoles = ['itemEditor', 'administrator'] as const;
const bankId = z.string().min(1).max(80);
const passphrase = z.string().min(1).max(200);

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

/** What a bank file says of itself, read without its passphrase; its signature is right. */
export const bankFileHead = z.strictObject({
  fileName: z.string(),
  part: z.enum(['questions', 'keys']),
  /** whole: every item of the bank; forms: a station pack, the items of its forms only. */
  scope: z.enum(['whole', 'forms']),
  bankId: z.string(),
  title: z.string(),
  version: z.string(),
  itemCount: z.int(),
  formCount: z.int(),
  createdAt: z.iso.datetime(),
  /** Of the key that signed it. */
  signer: z.string(),
});
export type BankFileHead = z.infer<typeof bankFileHead>;

const bankFiles = z.strictObject({
  questions: fileToken.nullable(),
  keys: fileToken.nullable(),
});
const madeFile = z.strictObject({ token: fileToken, fileName: z.string(), size: z.int() });

const bankList = z.strictObject({
  banks: z.array(bankRow),
  /** Without a passphrase of the folder nothing private may be kept in it. */
  hasPassphrase: z.boolean(),
});

/** Largest number of forms one station pack takes. */
const mostForms = 20;

export const bankChannels = {
  'bank/list': channel(noInput, bankList, { roles: bankRoles }),
  'bank/updateInUse': channel(z.strictObject({ bankId }), bankList, { roles: bankRoles }),
  /** What the chosen files hold, before anything is installed. */
  'bank/getPackage': channel(
    bankFiles,
    z.strictObject({
      questions: bankFileHead.nullable(),
      keys: bankFileHead.nullable(),
      /** The installed bank of this id; its signer must be the same. Null when it is the first installation. */
      installed: z.strictObject({ title: z.string(), version: z.string(), signer: z.string() }).nullable(),
    }),
    { roles: bankRoles },
  ),
  'bank/runInstallation': channel(
    z.strictObject({
      ...bankFiles.shape,
      /** Of the questions file; '' when there is none among the files. A keys file stays sealed. */
      passphrase: z.string().max(200),
      /** The fingerprint somebody compared aloud. */
      confirmedSigner: z.string().max(200),
    }),
    z.strictObject({ bankId: z.string(), list: bankList }),
    { roles: bankRoles },
  ),
  'bank/create': channel(
    z.strictObject({ title: z.string().trim().min(2).max(60), passphrase }),
    z.strictObject({ bankId: z.string(), list: bankList }),
    { roles: bankRoles },
  ),
  /** Also scores what waited for the keys. */
  'bank/runOpening': channel(
    z.strictObject({ bankId, passphrase, jobId }),
    z.strictObject({ scoredCount: z.int(), list: bankList }),
    { roles: bankRoles },
  ),
  'bank/runClosing': channel(z.strictObject({ bankId }), bankList, { roles: bankRoles }),
  'bank/runScoring': channel(
    z.strictObject({ bankId, jobId }),
    z.strictObject({ scoredCount: z.int(), list: bankList }),
    { roles: bankRoles },
  ),
  /** The two sealed files of a bank, for another office or for answer stations. */
  'bank/createFiles': channel(
    z.strictObject({
      bankId,
      /** Forms of a station pack; null for the whole bank. */
      formIds: z.array(z.string().max(100)).min(1).max(mostForms).nullable(),
      passphrases: z.strictObject({ questions: passphrase, keys: passphrase }),
    }),
    z.strictObject({
      questions: madeFile,
      keys: madeFile,
      itemCount: z.int(),
      formCount: z.int(),
      signer: z.string(),
    }),
    { roles: bankRoles },
  ),
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
