/** 练习模式 through dispatch: what leaves the host, what is judged, and that nothing remains. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleForm } from '@shared/assessment/assembly';
import { roles } from '@shared/domain/role';
import type { Answer } from '@shared/questions/answer';
import { questionKinds } from '@shared/questions/kinds';
import { sha256 } from '@electron/backend/registry/registry';
import { bankSources } from '@electron/backend/usecases/items/bankSources';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { installBank, protectFolder } from '../../support/privateBank';
import { privateBank, sealed } from '../bankPackages/sealedBank';

const registryReferences = ({ host }: TestHost) => host.context.registry.practicePool.references;

let app: TestHost;
beforeAll(async () => {
  app = await openTestHost();
});
afterAll(() => {
  app.close();
  removeFolder(app.dataDir);
});

const judge = (itemId: string, answer: Answer) => app.call('practice/getFeedback', { itemId, answer });
const poolIds = (): readonly string[] => app.host.context.registry.practicePool.items.map(({ id }) => id);

/** Everything on disk but the shared memory of SQLite, which readers touch too. */
function fingerprint(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('-shm') && statSync(join(folder, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    );
}

describe('practice/get', () => {
  test.each(roles)('gives the role %s eight questions without anything that tells the key', async (role) => {
    await app.value('app/updateRole', { role });
    const { questions } = await app.value('practice/get', { seed: 7 });
    expect(questions).toHaveLength(8);
    const sent = JSON.stringify(questions);
    for (const word of ['"key"', 'rationale', 'misconception', 'references', 'difficulty'])
      expect(sent, word).not.toContain(word);
    for (const { code } of questions) {
      const item = app.host.context.registry.practicePool.items.find(({ id }) => id === code);
      expect(sent).not.toContain(item?.rationale ?? 'every item of the pool has a rationale');
    }
  });

  test('covers the five kinds of answer a test item can have', async () => {
    const { questions } = await app.value('practice/get', { seed: 1 });
    const met = new Set(questions.map(({ kind }) => kind));
    expect(questionKinds.filter((kind) => met.has(kind)).sort()).toEqual(
      ['matching', 'multi', 'ordering', 'single', 'trueFalse'].sort(),
    );
  });

  test('the same seed gives the same questions in the same order', async () => {
    const [first, second, other] = [
      await app.value('practice/get', { seed: 3 }),
      await app.value('practice/get', { seed: 3 }),
      await app.value('practice/get', { seed: 4 }),
    ];
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('practice/getFeedback', () => {
  test('tells right from wrong, gives the answer in words and the reason', async () => {
    expect(await judge('K-13-EE-P001', { kind: 'single', code: 'C' })).toMatchObject({
      ok: true,
      value: { status: 'right', right: ['太阳'] },
    });
    const wrong = await judge('K-13-EE-P001', { kind: 'single', code: 'A' });
    expect(wrong).toMatchObject({ ok: true, value: { status: 'wrong', right: ['太阳'] } });
    if (wrong.ok) expect(wrong.value.rationale.length).toBeGreaterThan(5);
  });

  test('a set is right in any order, a sequence in one, pairs when all four are', async () => {
    const statusOf = async (itemId: string, answer: Answer): Promise<string | null> => {
      const reply = await judge(itemId, answer);
      return reply.ok ? reply.value.status : null;
    };
    expect(await statusOf('K-15-LH-P001', { kind: 'multi', codes: ['C', 'A'] })).toBe('right');
    expect(await statusOf('K-15-LH-P001', { kind: 'multi', codes: ['C'] })).toBe('wrong');
    expect(await statusOf('A2-23-ET-P001', { kind: 'ordering', codes: ['C', 'A', 'D', 'B'] })).toBe('right');
    expect(await statusOf('A2-23-ET-P001', { kind: 'ordering', codes: ['A', 'C', 'D', 'B'] })).toBe('wrong');
    const pairs = { A: '3', B: '4', C: '2', D: '1' };
    expect(await statusOf('K-24-SS-P001', { kind: 'matching', pairs })).toBe('right');
    expect(await statusOf('K-24-SS-P001', { kind: 'matching', pairs: { ...pairs, A: '4', B: '3' } })).toBe(
      'wrong',
    );
    expect(await statusOf('K-18-LH-P001', { kind: 'trueFalse', value: false })).toBe('right');
    expect(await statusOf('K-18-LH-P001', { kind: 'missing', reason: 'dontKnow' })).toBe('dontKnow');
  });

  test('refuses an item that is not of the pool, so that no key of another bank can be asked for', async () => {
    const [secret] = app.host.context.registry.bank.items;
    expect(await judge(secret?.id ?? '', { kind: 'single', code: 'A' })).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
  });

  test('refuses an answer the question cannot take', async () => {
    expect(await judge('K-13-EE-P001', { kind: 'single', code: 'Z' })).toMatchObject({
      ok: false,
      failure: { code: 'ANSWER_NOT_VALID' },
    });
    expect(await judge('K-13-EE-P001', { kind: 'trueFalse', value: true })).toMatchObject({
      ok: false,
      failure: { code: 'ANSWER_NOT_VALID' },
    });
  });
});

describe('practice and everything else', () => {
  test('nothing on disk changes by practising', async () => {
    const before = fingerprint(app.dataDir);
    expect(before.length).toBeGreaterThan(0);
    await app.value('practice/get', { seed: 9 });
    await judge('K-18-LH-P001', { kind: 'trueFalse', value: true });
    expect(fingerprint(app.dataDir)).toEqual(before);
  });

  test('no bank a form can be drawn from has an item of the pool', async () => {
    const { context } = app.host;
    const drawable = bankSources(context).flatMap((source) => source.read().bank.items.map(({ id }) => id));
    expect(drawable.length).toBeGreaterThan(100);
    expect(drawable.filter((id) => poolIds().includes(id))).toEqual([]);
    expect(bankSources(context).map(({ id }) => id)).not.toContain(context.registry.practicePool.meta.id);
  });

  test('a private bank cannot bring an item of the pool back under its number, whatever the bank is called', async () => {
    const sealedHost = await openTestHost();
    await sealedHost.value('app/updateRole', { role: 'itemEditor' });
    await protectFolder(sealedHost);
    const [practised] = sealedHost.host.context.registry.practicePool.items;
    if (practised === undefined) throw new Error('the pool has items');
    const bank = privateBank();
    for (const id of [bank.meta.id, 'practice-2026']) {
      const items = [{ ...practised, enemies: [] }];
      const files = sealed({
        bank: { ...bank, meta: { ...bank.meta, id }, items, references: registryReferences(sealedHost) },
      });
      const reply = await installBank(sealedHost, files).catch((error: Error) => error.message);
      expect(reply, id).toContain('BANK_ITEM_ID_TAKEN');
    }
    sealedHost.close();
    removeFolder(sealedHost.dataDir);
  });

  test('no form of any blueprint can be assembled from the pool', () => {
    const { registry } = app.host.context;
    expect(registry.blueprints.length).toBeGreaterThan(0);
    for (const blueprint of registry.blueprints) {
      const drawn = assembleForm(registry.practicePool, blueprint, 1, sha256);
      expect(drawn.ok, blueprint.id).toBe(false);
      const form = assembleForm(registry.bank, blueprint, 1, sha256);
      if (!form.ok) throw new Error(`${blueprint.id} is infeasible`);
      expect(form.value.entries.filter(({ itemId }) => poolIds().includes(itemId))).toEqual([]);
    }
  });
});
