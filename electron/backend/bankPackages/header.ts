/** What stands in the clear at the head of a sealed file: enough to say what it is, nothing of its content. */
import { z } from 'zod';

export const bankPackageFormat = 'zhiheng-bank';
export const bankPackageVersion = 1;
/** Allow-list of one: AES-256-GCM, scrypt, HKDF-SHA-256, Ed25519. A further suite gets a name of its own. */
export const suite = 'aes256gcm-scrypt-ed25519';

const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const nonceBytes = 12;
const saltBytes = 16;
const keyBytes = 32;
const tagBytes = 16;

/** As `keySlots` makes them; any other cost is refused, so that a file cannot choose how long we compute. */
const passphraseWrap = z.strictObject({
  kind: z.literal('passphrase'),
  salt: hexOf(saltBytes),
  cost: z.strictObject({ n: z.literal(65_536), r: z.literal(8), p: z.literal(1) }),
  nonce: hexOf(nonceBytes),
  wrappedKey: hexOf(keyBytes),
  tag: hexOf(tagBytes),
});

export const sha256 = hexOf(32);

/** What every sealed file states in the clear, whatever it holds. */
export const sealedFileHeader = {
  suite: z.literal(suite),
  packageId: z.uuid(),
  createdAt: z.iso.datetime(),
  wraps: z.array(passphraseWrap).length(1),
  /** Ed25519, SubjectPublicKeyInfo, base64. */
  publicKey: z.string().max(100),
};

export const bankPackageHeader = z.strictObject({
  format: z.literal(bankPackageFormat),
  version: z.literal(bankPackageVersion),
  /** `packageId` is the same in both parts. */
  ...sealedFileHeader,
  part: z.enum(['questions', 'keys']),
  /** whole: every item of the bank; forms: a station pack, the items of its forms only. */
  scope: z.enum(['whole', 'forms']),
  bankId: z.string().regex(/^[a-z0-9-]{1,80}$/),
  title: z.string().min(1).max(200),
  bankVersion: z.string().min(1).max(60),
  itemCount: z.int().min(0),
  formCount: z.int().min(0),
  /** SHA-256 of the content of both parts: neither can be exchanged for another package's. */
  contents: z.strictObject({ questions: sha256, keys: sha256 }),
});
export type BankPackageHeader = z.infer<typeof bankPackageHeader>;
