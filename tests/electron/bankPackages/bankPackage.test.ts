/** Sealed bank files: what they hold, and that nothing damaged, exchanged or forged is ever accepted. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ItemBank } from '@shared/assessment/bank';
import { joinBank } from '@shared/assessment/secrecy/splitBank';
import { openKeys, openQuestions, readPackage } from '@electron/backend/bankPackages/openPackage';
import { sealEnvelope } from '@electron/backend/bankPackages/envelope';
import { sealPackage } from '@electron/backend/bankPackages/sealPackage';
import { contentHash } from '@electron/backend/bankPackages/sealedFile';
import { fingerprintOf, publicKeyText } from '@electron/backend/federation/signingKey';
import { generateDataKey } from '@electron/backend/keys/deriveKey';
import { wrapWithPassphrase } from '@electron/backend/keys/keySlots';
import { newSigningKey, passphrases, privateBank, sealed } from './sealedBank';

const whole = privateBank();
/** Three items make small files, quick to damage a thousand times. */
const small: ItemBank = {
  ...whole,
  items: whole.items.slice(0, 3).map((item) => ({ ...item, enemies: [] })),
};
const key = newSigningKey();
const pair = sealed({ bank: small, signingKey: key });

const codeOf = (result: { ok: boolean; failure?: { code: string } }): string =>
  result.ok ? 'accepted' : (result.failure?.code ?? 'none');

function read(bytes: Buffer) {
  const opened = readPackage('题库.zhbank', bytes);
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

const openAny = (bytes: Buffer): string => {
  const opened = readPackage('题库', bytes);
  if (!opened.ok) return codeOf(opened);
  return codeOf(
    opened.value.header.part === 'questions'
      ? openQuestions(opened.value, passphrases.questions)
      : openKeys(opened.value, passphrases.keys),
  );
};

describe('a whole bank sealed and opened', () => {
  const files = sealed({ bank: whole, signingKey: key });
  const questions = openQuestions(read(files.questions), passphrases.questions);
  const keys = openKeys(read(files.keys), passphrases.keys);

  test('is the same bank', () => {
    if (!questions.ok || !keys.ok) throw new Error('both parts open');
    const { meta, items } = questions.value;
    expect(joinBank({ meta, items, references: {} }, keys.value.content.secrets)).toEqual(whole);
  });

  test('says what it is without a passphrase', () => {
    expect(read(files.questions).header).toMatchObject({
      part: 'questions',
      scope: 'whole',
      bankId: 'city-2026',
      title: '某市保密题库',
      itemCount: whole.items.length,
    });
    expect(read(files.keys).header.part).toBe('keys');
    expect(read(files.keys).fingerprint).toBe(fingerprintOf(publicKeyText(key)));
  });

  test('holds no question and no answer in the clear', () => {
    for (const bytes of [files.questions, files.keys])
      for (const { stem, rationale } of whole.items) {
        expect(bytes.includes(stem)).toBe(false);
        if (rationale !== undefined) expect(bytes.includes(rationale)).toBe(false);
      }
  });

  test("opens with neither the other part's passphrase nor a wrong one, which is not called damage", () => {
    expect(codeOf(openQuestions(read(files.questions), passphrases.keys))).toBe('WRONG_PASSPHRASE');
    expect(codeOf(openKeys(read(files.keys), passphrases.questions))).toBe('WRONG_PASSPHRASE');
    expect(codeOf(openKeys(read(files.keys), ''))).toBe('WRONG_PASSPHRASE');
  });

  test('is refused as the other part', () => {
    expect(codeOf(openKeys(read(files.questions), passphrases.questions))).toBe('BANK_PART_WRONG');
    expect(codeOf(openQuestions(read(files.keys), passphrases.keys))).toBe('BANK_PART_WRONG');
  });
});

describe('damage', () => {
  test('any flipped byte, cut or added tail is refused with a named failure', () => {
    let step = 1;
    for (const file of [pair.questions, pair.keys])
      for (let at = 0; at < file.length; at += 1) {
        const bad = Buffer.from(file);
        bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
        expect(['PACKAGE_DAMAGED', 'PACKAGE_SIGNATURE_WRONG', 'PACKAGE_VERSION_UNKNOWN']).toContain(
          codeOf(readPackage('x', bad)),
        );
        step += 1;
      }
    expect(step).toBeGreaterThan(3000);
    for (let length = 0; length < pair.keys.length; length += 7)
      expect(codeOf(readPackage('x', pair.keys.subarray(0, length)))).not.toBe('accepted');
    expect(codeOf(readPackage('x', Buffer.concat([pair.keys, Buffer.of(0)])))).not.toBe('accepted');
  });

  test('bodies, headers and signatures of two packages do not mix', () => {
    const other = sealed({ bank: small, signingKey: key });
    const cut = (file: Buffer) => {
      const bodyAt = 13 + file.readUInt32BE(9);
      return { head: file.subarray(0, bodyAt), body: file.subarray(bodyAt, -64), end: file.subarray(-64) };
    };
    const files = [pair.questions, pair.keys, other.questions, other.keys].map(cut);
    for (const [a, { head }] of files.entries())
      for (const [b, { body }] of files.entries())
        for (const [c, { end }] of files.entries()) {
          if (a === b && b === c) continue;
          expect(openAny(Buffer.concat([head, body, end]))).toBe('PACKAGE_SIGNATURE_WRONG');
        }
  });
});

describe('a forger with a key of their own', () => {
  const forger = generateKeyPairSync('ed25519').privateKey;
  const signature = (before: Buffer): Buffer =>
    sign(
      null,
      Buffer.concat([
        Buffer.from('zhiheng-bank/1 signature\0', 'latin1'),
        createHash('sha512').update(before).digest(),
      ]),
      forger,
    );

  test("cannot sign another's package anew under the same name", () => {
    const before = pair.questions.subarray(0, -64);
    expect(openAny(Buffer.concat([before, signature(before)]))).toBe('PACKAGE_SIGNATURE_WRONG');
  });

  test('who puts their own name in finds that the content no longer opens', () => {
    const { header, envelope } = read(pair.questions);
    const head = Buffer.from(JSON.stringify({ ...header, publicKey: publicKeyText(forger) }), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    const { nonce, data, tag } = envelope.body;
    const before = Buffer.concat([Buffer.from('ZHBANK1\r\n'), length, head, nonce, data, tag]);
    expect(openAny(Buffer.concat([before, signature(before)]))).toBe('PACKAGE_DAMAGED');
  });

  const forged = (content: Buffer, changes: object = {}): Buffer => {
    const dataKey = generateDataKey();
    const { header } = read(pair.questions);
    const own = {
      ...header,
      contents: { questions: contentHash(content), keys: header.contents.keys },
      wraps: [wrapWithPassphrase(dataKey, passphrases.questions)],
      publicKey: publicKeyText(forger),
      ...changes,
    };
    return sealEnvelope(own, content, { key: dataKey, signingKey: forger });
  };

  test('a content that inflates without end is refused within seconds', () => {
    const started = Date.now();
    expect(openAny(forged(Buffer.alloc(160 * 1024 * 1024)))).toBe('PACKAGE_DAMAGED');
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test.each([
    ['no JSON', 'hello'],
    ['another document', '{}'],
    ['an array', '[]'],
  ])('a content that is %s is refused', (_what, text) => {
    expect(openAny(forged(Buffer.from(text)))).toBe('PACKAGE_DAMAGED');
  });

  test('a questions file that carries a key is refused', () => {
    const questions = openQuestions(read(pair.questions), passphrases.questions);
    if (!questions.ok) throw new Error('it opens');
    const [first, ...rest] = questions.value.items;
    const withKey = { ...questions.value, items: [{ ...first, key: ['A'] }, ...rest] };
    expect(openAny(forged(Buffer.from(JSON.stringify(withKey))))).toBe('PACKAGE_DAMAGED');
    expect(openAny(forged(Buffer.from(JSON.stringify(questions.value))))).toBe('accepted');
  });

  test.each([
    ['an unknown suite', { suite: 'none' }, 'PACKAGE_DAMAGED'],
    ['an extra field', { note: 'x' }, 'PACKAGE_DAMAGED'],
    ['a newer version', { version: 2 }, 'PACKAGE_VERSION_UNKNOWN'],
  ])('a header with %s is refused before anything is computed', (_what, changes, code) => {
    expect(openAny(forged(Buffer.from('{}'), changes))).toBe(code);
  });

  test('a wrap that would take minutes of derivation is refused', () => {
    const { header } = read(pair.questions);
    const [wrap] = header.wraps;
    const slow = { ...wrap, cost: { n: 2 ** 24, r: 8, p: 1 } };
    expect(openAny(forged(Buffer.from('{}'), { wraps: [slow] }))).toBe('PACKAGE_DAMAGED');
  });
});

test('what nobody could open again is not sealed', () => {
  const [item] = small.items;
  if (item === undefined) throw new Error('the bank has items');
  const request = {
    blueprints: [],
    targets: null,
    warningReasons: {},
    forms: [],
    scope: 'whole',
    passphrases,
    signingKey: key,
    createdAt: '2026-11-22T08:00:00.000Z',
  } as const;
  const code = (bank: ItemBank): string => codeOf(sealPackage({ ...request, bank }));
  expect(code({ ...small, items: [{ ...item, stem: '短' }] })).toBe('ITEM_NOT_VALID');
  expect(code({ ...small, meta: { ...small.meta, isPublic: true } })).toBe('INVALID_INPUT');
  expect(code({ ...small, meta: { ...small.meta, title: '题'.repeat(201) } })).toBe('INVALID_INPUT');
});

describe('passphrases', () => {
  const withPassphrases = (questions: string, keys: string) =>
    codeOf(
      sealPackage({
        bank: small,
        blueprints: [],
        targets: null,
        warningReasons: {},
        forms: [],
        records: [],
        scope: 'whole',
        passphrases: { questions, keys },
        signingKey: key,
        createdAt: '2026-11-22T08:00:00.000Z',
      }),
    );

  test.each([
    ['eleven characters', '12345678901', 'long enough 1', 'BANK_PASSPHRASE_WEAK'],
    ['three words', '春江 花月 夜半', 'long enough 1', 'BANK_PASSPHRASE_WEAK'],
    ['four single letters', 'a b c d', 'long enough 1', 'BANK_PASSPHRASE_WEAK'],
    ['a weak second one', 'long enough 1', 'short', 'BANK_PASSPHRASE_WEAK'],
    ['twice the same', 'long enough 1', 'long enough 1', 'BANK_PASSPHRASES_EQUAL'],
    ['the same in full-width letters', 'long enough 1', 'ｌｏｎｇ ｅｎｏｕｇｈ １', 'BANK_PASSPHRASES_EQUAL'],
    ['twelve characters and four words', '123456789012', '春江 花月 夜半 钟声', 'accepted'],
  ])('%s: %s / %s', (_what, questions, keys, code) => {
    expect(withPassphrases(questions, keys)).toBe(code);
  });
});
