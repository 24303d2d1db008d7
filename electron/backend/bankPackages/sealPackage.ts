/** Seals a bank into its two files: questions for stations, keys for the office. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { BankItem, BankMeta, ItemBank, Reference } from '@shared/assessment/bank';
import type { WarningReasons } from '@shared/assessment/bankReport';
import type { BankTargets } from '@shared/assessment/bankSummary';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { Form } from '@shared/assessment/form';
import { isReadableQuestion } from '@shared/assessment/secrecy/questionPart';
import { splitBank, versionKey } from '@shared/assessment/secrecy/splitBank';
import { splitItem } from '@shared/assessment/secrecy/splitItem';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { JsonValue } from '../database/json';
import type { BankPart } from '../database/repositories/privateBanks';
import { fingerprintOf, publicKeyText } from '../federation/signingKey';
import type { KeysContent, PackedRecord, QuestionsContent } from './content';
import { largestFile } from './envelope';
import { bankPackageFormat, bankPackageVersion, suite } from './header';
import type { BankPackageHeader } from './header';
import { checkPassphrases } from './passphraseRule';
import type { Passphrases } from './passphraseRule';
import { contentHash, sealFile } from './sealedFile';

export interface SealRequest {
  /** Whole items, keys present. */
  readonly bank: ItemBank;
  readonly blueprints: readonly Blueprint[];
  readonly targets: BankTargets | null;
  readonly warningReasons: WarningReasons;
  /** Ready forms that go along. */
  readonly forms: readonly Form[];
  /** What the form library keeps of them; none when left out. */
  readonly records?: readonly PackedRecord[];
  /** forms: a station pack, only the items of `forms`. */
  readonly scope: 'whole' | 'forms';
  readonly passphrases: Passphrases;
  readonly signingKey: KeyObject;
  /** ISO time. */
  readonly createdAt: string;
}

export interface SealedBank {
  /** The `.zhbank` file. */
  readonly questions: Buffer;
  /** The `.zhkeys` file. */
  readonly keys: Buffer;
  readonly packageId: string;
  readonly itemCount: number;
  readonly formCount: number;
  readonly fingerprint: string;
}

const bytesPerMb = 1_048_576;
const saltBytes = 32;

const newSalt = (): string => randomBytes(saltBytes).toString('hex');

function citedReferences(
  items: readonly BankItem[],
  references: ItemBank['references'],
): Readonly<Record<string, Reference>> {
  const cited = new Set(items.flatMap((item) => item.references.map(({ ref }) => ref)));
  return Object.fromEntries(Object.entries(references).filter(([id]) => cited.has(id)));
}

/** What goes into a station pack: items and blueprints of its forms, nothing else of the bank. */
function narrowed(request: SealRequest): SealRequest {
  const { bank, forms, blueprints, warningReasons } = request;
  const wanted = new Set(
    forms.flatMap(({ entries }) => entries.map((each) => versionKey(each.itemId, each.itemVersion))),
  );
  const items = bank.items.filter(({ id, version }) => wanted.has(versionKey(id, version)));
  const ids = new Set(items.map(({ id }) => id));
  return {
    ...request,
    bank: { ...bank, items, references: citedReferences(items, bank.references) },
    blueprints: blueprints.filter(({ id }) => forms.some(({ blueprintId }) => blueprintId === id)),
    targets: null,
    warningReasons: Object.fromEntries(Object.entries(warningReasons).filter(([id]) => ids.has(id))),
  };
}

type Contents = Readonly<Record<BankPart, Buffer>>;

function contentsOf(
  request: Pick<SealRequest, 'bank' | 'blueprints' | 'targets' | 'warningReasons' | 'forms' | 'records'>,
): Contents {
  const { questions: bank, secrets } = splitBank(request.bank);
  const questions: QuestionsContent = {
    content: 'questions',
    salt: newSalt(),
    meta: bank.meta,
    items: bank.items,
    blueprints: request.blueprints,
    targets: request.targets,
    forms: request.forms,
    records: request.records ?? [],
  };
  const keys: KeysContent = {
    content: 'keys',
    salt: newSalt(),
    secrets: { items: [...secrets.items], references: secrets.references },
    warningReasons: request.warningReasons,
  };
  const toBytes = (content: object): Buffer => Buffer.from(JSON.stringify(content), 'utf8');
  return { questions: toBytes(questions), keys: toBytes(keys) };
}

/** Whether every item of the forms is in the bank in the version the form names. */
function holdsForms({ bank, forms }: SealRequest): boolean {
  const known = new Set(bank.items.map(({ id, version }) => versionKey(id, version)));
  return forms.every(({ entries }) =>
    entries.every(({ itemId, itemVersion }) => known.has(versionKey(itemId, itemVersion))),
  );
}

const longestTitle = 200;

/** What nobody could open again is not sealed in the first place. */
function checkReadable({ meta, items }: ItemBank): Result<null> {
  if (meta.isPublic) return fail('INVALID_INPUT', { field: 'isPublic' });
  if (meta.title.length > longestTitle) return fail('INVALID_INPUT', { field: 'title' });
  const bad = items.filter((item) => !isReadableQuestion(splitItem(item).question));
  const [first] = bad;
  return first === undefined
    ? ok(null)
    : fail('ITEM_NOT_VALID', { count: bad.length, problem: `${first.id} 不合题目格式` });
}

type Head = Omit<BankPackageHeader, 'part' | 'wraps'>;

const headOf = (
  meta: BankMeta,
  contents: Contents,
  place: Pick<Head, 'scope' | 'itemCount' | 'formCount' | 'createdAt'>,
  signingKey: KeyObject,
): Head => ({
  format: bankPackageFormat,
  version: bankPackageVersion,
  suite,
  ...place,
  bankId: meta.id,
  title: meta.title,
  bankVersion: meta.version,
  packageId: randomUUID(),
  contents: { questions: contentHash(contents.questions), keys: contentHash(contents.keys) },
  publicKey: publicKeyText(signingKey),
});

/**
 * Both files of a private bank, with different passphrases. Fails with BANK_PASSPHRASE_WEAK, BANK_PASSPHRASES_EQUAL,
 * NOT_FOUND {what: 'item'} (a form names a version the bank does not hold), INVALID_INPUT {field} (a public bank, or a
 * title of more than 200 characters), ITEM_NOT_VALID or BANK_TOO_LARGE.
 */
export function sealPackage(request: SealRequest): Result<SealedBank> {
  const checked = checkPassphrases(request.passphrases);
  if (!checked.ok) return checked;
  if (!holdsForms(request)) return fail('NOT_FOUND', { what: 'item' });
  const readable = checkReadable(request.bank);
  if (!readable.ok) return readable;
  const scoped = request.scope === 'forms' ? narrowed(request) : request;
  const contents = contentsOf(scoped);
  const { meta, items } = scoped.bank;
  const { scope, createdAt, signingKey, passphrases } = request;
  const place = { scope, itemCount: items.length, formCount: request.forms.length, createdAt };
  const head = headOf(meta, contents, place, signingKey);
  const seal = (part: BankPart): Buffer =>
    sealFile({ ...head, part }, contents[part], { passphrase: passphrases[part], signingKey });
  const [questions, keys] = [seal('questions'), seal('keys')];
  const largest = Math.max(questions.length, keys.length);
  if (largest > largestFile)
    return fail('BANK_TOO_LARGE', {
      sizeMb: Math.ceil(largest / bytesPerMb),
      limitMb: largestFile / bytesPerMb,
    });
  const { packageId, itemCount, formCount, publicKey } = head;
  return ok({ questions, keys, packageId, itemCount, formCount, fingerprint: fingerprintOf(publicKey) });
}

export interface CreatedBank {
  readonly packageId: string;
  readonly fingerprint: string;
  /** As the database holds them: questions in the clear, keys sealed. */
  readonly parts: readonly { readonly part: BankPart; readonly document: JsonValue }[];
}

/** The parts of an empty bank: nothing in it yet but the key its secrets will be sealed with. */
export function sealCreatedBank(
  meta: BankMeta,
  {
    keysPassphrase,
    signingKey,
    createdAt,
  }: {
    readonly keysPassphrase: string;
    readonly signingKey: KeyObject;
    readonly createdAt: string;
  },
): CreatedBank {
  const contents = contentsOf({
    bank: { meta, items: [], references: {} },
    blueprints: [],
    targets: null,
    warningReasons: {},
    forms: [],
    records: [],
  });
  const place = { scope: 'whole', itemCount: 0, formCount: 0, createdAt } as const;
  const head = headOf(meta, contents, place, signingKey);
  const sealing = { passphrase: keysPassphrase, signingKey };
  const keys = sealFile({ ...head, part: 'keys' }, contents.keys, sealing);
  return {
    packageId: head.packageId,
    fingerprint: fingerprintOf(head.publicKey),
    parts: [
      { part: 'questions', document: JSON.parse(contents.questions.toString('utf8')) as JsonValue },
      { part: 'keys', document: { file: keys.toString('base64') } },
    ],
  };
}
