/**
 * Private banks into a data folder: questions with their passphrase, keys still sealed, and empty banks made here. A
 * later version of a bank is a further revision; nothing installed is ever replaced.
 */
import { randomUUID } from 'node:crypto';
import { bankSchema } from '@shared/assessment/bank';
import { compareVersions } from '@shared/assessment/secrecy/bankVersions';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import type { JsonValue } from '../database/json';
import { appendAudit } from '../database/repositories/audit';
import { fileForm, getFormRecord } from '../database/repositories/formRecords';
import { saveBankPart } from '../database/repositories/privateBanks';
import type { BankPart } from '../database/repositories/privateBanks';
import { signingKeyOf } from '../federation/signingKey';
import { findItemBank } from '../usecases/items/currentBank';
import { storeForm } from '../usecases/storedForm';
import type { QuestionsContent } from './content';
import { openQuestions, readPackage, requirePart } from './openPackage';
import type { BankPackage } from './openPackage';
import { checkPassphrase } from './passphraseRule';
import { findPrivateBank } from './privateBank';
import type { PrivateBank } from './privateBank';
import { sealCreatedBank } from './sealPackage';

export interface BankFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A private bank is only as safe as its folder: fails with BANK_NEEDS_PASSPHRASE while a key file opens it. */
const requireFolderPassphrase = ({ vault }: HostContext): Result<null> =>
  vault.hasPassphrase() && vault.status().keyKind === 'passphrase' ? ok(null) : fail('BANK_NEEDS_PASSPHRASE');

function checkSigner(context: HostContext, { header, fingerprint }: BankPackage): Result<PrivateBank | null> {
  const known = findPrivateBank(context, header.bankId);
  if (known === null || known.signer === fingerprint) return ok(known);
  return fail('BANK_SIGNER_CHANGED', { bank: known.title, known: known.signer, fingerprint });
}

/** A package of an older version adds nothing; the same version may come again with other forms. */
function checkVersion(known: PrivateBank | null, { header }: BankPackage): Result<null> {
  if (known === null || compareVersions(header.bankVersion, known.version) >= 0) return ok(null);
  const { title, bankVersion: version } = header;
  return fail('BANK_NOT_NEWER', { bank: title, installed: known.version, version });
}

/** Title of another owner of the number. The practice pool is one: what people practise with must not come in a form. */
function otherOwner(context: HostContext, itemId: string, bankId: string): string | null {
  const { practicePool } = context.registry;
  if (practicePool.items.some(({ id }) => id === itemId)) return practicePool.meta.title;
  const owner = findItemBank(context, itemId)?.bank.meta;
  return owner === undefined || owner.id === bankId ? null : owner.title;
}

function checkItemIds(context: HostContext, { meta, items }: QuestionsContent): Result<null> {
  const taken = items.flatMap(({ id }) => {
    const bank = otherOwner(context, id, meta.id);
    return bank === null ? [] : [{ id, bank }];
  });
  const [first] = taken;
  if (first === undefined) return ok(null);
  return fail('BANK_ITEM_ID_TAKEN', { itemId: first.id, bank: first.bank, count: taken.length });
}

interface Saving {
  readonly opened: BankPackage;
  readonly part: BankPart;
  readonly document: JsonValue;
}

function savePart(context: HostContext, { opened, part, document }: Saving): Result<null> {
  const { header, fingerprint } = opened;
  const { db } = context.vault.storage();
  const saved = saveBankPart(db, {
    packageId: header.packageId,
    part,
    bankId: header.bankId,
    bankVersion: header.bankVersion,
    title: header.title,
    scope: header.scope,
    origin: 'installed',
    signer: fingerprint,
    document,
    installedBy: context.session.role,
  });
  if (!saved.ok) return saved;
  const { packageId, bankVersion, scope, itemCount, formCount } = header;
  const { role } = context.session;
  const detail = { part, packageId, bankVersion, scope, itemCount, formCount, signer: fingerprint, role };
  return appendAudit(db, { action: 'bank.installed', subject: header.bankId, detail });
}

export interface InstalledPart {
  readonly bankId: string;
  readonly title: string;
  readonly version: string;
  readonly part: BankPart;
  readonly itemCount: number;
  /** Ready forms that came with it; they can be used for surveys at once. */
  readonly formIds: readonly string[];
  /** Fingerprint of the signer; the first installation of a bank pins it. */
  readonly signer: string;
}

const installedOf = ({ header, fingerprint }: BankPackage, formIds: readonly string[]): InstalledPart => ({
  bankId: header.bankId,
  title: header.title,
  version: header.bankVersion,
  part: header.part,
  itemCount: header.itemCount,
  formIds,
  signer: fingerprint,
});

/** Forms of a pack are stored with the question parts of their items and filed in the form library. */
function storeForms(context: HostContext, { meta, items, forms, records }: QuestionsContent): Result<null> {
  const { db } = context.vault.storage();
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const form of forms) {
    const own = form.entries.flatMap(({ itemId }) => byId.get(itemId) ?? []);
    const stored = storeForm(context, { form, items: own });
    if (!stored.ok) return stored;
    const record = records.find(({ formId }) => formId === form.id);
    if (record === undefined || getFormRecord(db, stored.value) !== null) continue;
    const { blueprintId } = form;
    const filing = { ...record, formId: stored.value, bankId: meta.id, blueprintId };
    const filed = fileForm(db, { ...filing, filedBy: context.session.role });
    if (!filed.ok) return filed;
  }
  return ok(null);
}

/**
 * Installs a `.zhbank` file. Fails with BANK_NEEDS_PASSPHRASE, PACKAGE_DAMAGED, PACKAGE_VERSION_UNKNOWN,
 * PACKAGE_SIGNATURE_WRONG, BANK_PART_WRONG, BANK_SIGNER_CHANGED, BANK_ALREADY_INSTALLED, BANK_NOT_NEWER,
 * WRONG_PASSPHRASE, BANK_ITEM_ID_TAKEN, or those of the storage. Nothing is stored when it fails.
 */
export function installQuestions(
  context: HostContext,
  file: BankFile,
  passphrase: string,
): Result<InstalledPart> {
  const allowed = requireFolderPassphrase(context);
  if (!allowed.ok) return allowed;
  const opened = readPackage(file.name, file.bytes);
  if (!opened.ok) return opened;
  const part = requirePart(opened.value, 'questions');
  if (!part.ok) return part;
  const known = checkSigner(context, opened.value);
  if (!known.ok) return known;
  const version = checkVersion(known.value, opened.value);
  if (!version.ok) return version;
  const content = openQuestions(opened.value, passphrase);
  if (!content.ok) return content;
  const free = checkItemIds(context, content.value);
  if (!free.ok) return free;
  const { db } = context.vault.storage();
  return db.transact(() => {
    const document = content.value as unknown as JsonValue;
    const saved = savePart(context, { opened: opened.value, part: 'questions', document });
    if (!saved.ok) return saved;
    const stored = storeForms(context, content.value);
    const formIds = content.value.forms.map(({ id }) => id);
    return stored.ok ? ok(installedOf(opened.value, formIds)) : stored;
  });
}

/**
 * Installs a `.zhkeys` file as it is: it stays sealed until somebody opens it with its passphrase. Fails as
 * `installQuestions` does, and with BANK_PARTS_DIFFER {file} when the questions of the same package are not installed.
 */
export function installKeys(context: HostContext, file: BankFile): Result<InstalledPart> {
  const allowed = requireFolderPassphrase(context);
  if (!allowed.ok) return allowed;
  const opened = readPackage(file.name, file.bytes);
  if (!opened.ok) return opened;
  const part = requirePart(opened.value, 'keys');
  if (!part.ok) return part;
  const known = checkSigner(context, opened.value);
  if (!known.ok) return known;
  const { packageId } = opened.value.header;
  if (known.value?.packageIds.includes(packageId) !== true)
    return fail('BANK_PARTS_DIFFER', { file: file.name });
  const { db } = context.vault.storage();
  return db.transact(() => {
    const document = { file: file.bytes.toString('base64') };
    const saved = savePart(context, { opened: opened.value, part: 'keys', document });
    return saved.ok ? ok(installedOf(opened.value, [])) : saved;
  });
}

export interface NewPrivateBank {
  readonly title: string;
  /** Opens the keys of this bank; not the passphrase of the folder. */
  readonly keysPassphrase: string;
}

const firstVersion = '0.1.0';

/**
 * An empty private bank made here; its keys are open afterwards only through `openBankKeys`. Fails with
 * BANK_NEEDS_PASSPHRASE, BANK_PASSPHRASE_WEAK, INVALID_INPUT {field} or those of the storage.
 * @returns the new bank's id
 */
export function createPrivateBank(
  context: HostContext,
  { title, keysPassphrase }: NewPrivateBank,
): Result<string> {
  const allowed = requireFolderPassphrase(context);
  if (!allowed.ok) return allowed;
  const strong = checkPassphrase(keysPassphrase);
  if (!strong.ok) return strong;
  const meta = bankSchema.safeParse({
    id: `private-${randomUUID().slice(0, 8)}`,
    title: title.trim(),
    version: firstVersion,
    licence: 'private',
    source: title.trim(),
    isPublic: false,
    statusNote: title.trim(),
    files: { items: ['items.json'], refs: ['refs.json'] },
  });
  if (!meta.success) return fail('INVALID_INPUT', { field: 'title' });
  const storage = context.vault.storage();
  const created = sealCreatedBank(meta.data, {
    keysPassphrase,
    signingKey: signingKeyOf(storage.dataKey),
    createdAt: context.clock().toISOString(),
  });
  const { db } = storage;
  return db.transact(() => {
    for (const { part, document } of created.parts) {
      const saved = saveBankPart(db, {
        packageId: created.packageId,
        part,
        bankId: meta.data.id,
        bankVersion: meta.data.version,
        title: meta.data.title,
        scope: 'whole',
        origin: 'created',
        signer: created.fingerprint,
        document,
        installedBy: context.session.role,
      });
      if (!saved.ok) return saved;
    }
    const { role } = context.session;
    const detail = { packageId: created.packageId, signer: created.fingerprint, role };
    const audited = appendAudit(db, { action: 'bank.created', subject: meta.data.id, detail });
    return audited.ok ? ok(meta.data.id) : audited;
  });
}
