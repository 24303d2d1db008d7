import { describe, expect, it } from 'vitest';
import { parseBank } from '@shared/assessment/bank';
import { itemSchema } from '@shared/assessment/item';
import { publicItem, publicItemSchema } from '@shared/assessment/publicItem';
import { sampleBankJson, sampleFile, sampleItem } from './sampleBank';

const parseSamples = (items: readonly unknown[] = sampleFile.items, refs: unknown = sampleFile.refs) =>
  parseBank(
    sampleBankJson,
    [{ name: 'samples.json', content: { defaults: sampleFile.defaults, items } }],
    [{ name: 'refs.json', content: refs }],
  );

describe('the 18 worked samples of the specification', () => {
  it.each(sampleFile.items.map((item) => String(item['id'])))('%s parses after merging defaults', (id) => {
    expect(itemSchema.safeParse(sampleItem(id)).error?.issues ?? []).toEqual([]);
  });

  it('form a bank whose shared stimulus is resolved for both members', () => {
    const bank = parseSamples();
    if (!bank.ok) throw new Error(String(bank.failure.params['where']));
    const texts = bank.value.items
      .filter((item) => item.id.startsWith('A1-08'))
      .map((item) => item.stimulus?.text?.slice(0, 6));
    expect(texts).toEqual(['【紧急通知】', '【紧急通知】']);
  });
});

describe('itemSchema catches a fault', () => {
  const options = [
    { id: 'A', text: '一' },
    { id: 'B', text: '二' },
    { id: 'C', text: '三' },
  ];
  it.each<[string, string, Record<string, unknown>, string]>([
    ['an id outside the code lists', 'K-20-ME-S002', { id: 'K-27-ME-S002' }, 'id'],
    ['a single item with three options', 'K-17-LH-S001', { options }, 'options'],
    ['a multi item with one key', 'S2-05-SS-S003', { key: ['A'] }, 'key'],
    [
      'a table without alternative text',
      'M-10-MI-S002',
      { stimulus: { id: 'T', kind: 'table', table: [['1']] } },
      'stimulus',
    ],
    ['an active item without three reviews', 'K-17-LH-S001', { status: 'active' }, 'reviews'],
    ['a statement keyed by a letter', 'K-20-ME-S002', { key: ['A'] }, 'key'],
    ['a key that is no option', 'K-17-LH-S001', { key: ['E'] }, 'key'],
    ['an order key that forgets an option', 'A2-24-LH-S001', { key: ['B', 'D', 'A'] }, 'key'],
    [
      'a certain difficulty',
      'K-17-LH-S001',
      { difficulty: { p_prior: 1, se: 0.1, basis: 'x' } },
      'difficulty',
    ],
    ['a misspelt field', 'K-17-LH-S001', { rationnale: 'x' }, ''],
    ['an id of another dimension', 'K-17-LH-S001', { dimension: 'M' }, 'id'],
  ])('%s', (_title, id, changes, field) => {
    const parsed = itemSchema.safeParse(sampleItem(id, changes));
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map((issue) => String(issue.path[0] ?? ''))).toContain(field);
  });

  it('accepts a matching item with one target for every option and refuses an unknown target', () => {
    const matching = {
      type: 'match',
      options,
      targets: [
        { id: '1', text: '甲' },
        { id: '2', text: '乙' },
        { id: '3', text: '丙' },
      ],
    };
    const parse = (key: string[]) => itemSchema.safeParse(sampleItem('K-17-LH-S001', { ...matching, key }));
    expect(parse(['A2', 'B1', 'C3']).success).toBe(true);
    expect(parse(['A2', 'B1', 'C4']).success).toBe(false);
    expect(parse(['A2', 'B1']).success).toBe(false);
  });
});

describe('parseBank refuses the whole bank', () => {
  const first = sampleFile.items[0] ?? {};
  const where = (result: ReturnType<typeof parseSamples>): string => {
    if (result.ok) throw new Error('the bank was accepted');
    expect(result.failure.code).toBe('SEED_INVALID');
    return String(result.failure.params['where']);
  };

  it('for an id used twice, naming file and item', () => {
    expect(where(parseSamples([first, first]))).toContain('samples.json: K-17-LH-S001: item id used twice');
  });
  it('for an unknown reference', () => {
    expect(where(parseSamples([first], {}))).toContain('K-17-LH-S001: unknown reference REF-KJYW');
  });
  it('for an unknown enemy', () => {
    expect(where(parseSamples([{ ...first, enemies: ['K-01-ME-001'] }]))).toContain('unknown enemy');
  });
  it('for a stimulus nobody defines', () => {
    expect(where(parseSamples([{ ...first, stimulus: { ref: 'ST-999' } }]))).toContain(
      'unknown stimulus ST-999',
    );
  });
  it('and lists every fault at once', () => {
    const broken = sampleFile.items.slice(0, 3).map((item) => ({ ...item, time_sec: 1 }));
    const result = parseSamples([...broken, ...sampleFile.items.slice(3)]);
    expect(where(result).split('\n')).toHaveLength(3);
    expect(result).toMatchObject({ failure: { params: { count: 3 } } });
  });
});

describe('publicItem', () => {
  it('keeps what a respondent sees and drops everything that helps to find the key', () => {
    const bank = parseSamples();
    if (!bank.ok) throw new Error('samples do not parse');
    const secrets = [
      'key',
      'rationale',
      'misconception',
      'irt',
      'difficulty',
      'p_prior',
      'references',
      'enemies',
    ];
    for (const item of bank.value.items) {
      const view = publicItem(item);
      expect(publicItemSchema.safeParse(view).success).toBe(true);
      for (const secret of secrets) expect(JSON.stringify(view)).not.toContain(`"${secret}"`);
      expect(view.stem).toBe(item.stem);
    }
  });
});
