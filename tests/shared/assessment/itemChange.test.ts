import { describe, expect, it } from 'vitest';
import {
  changedFields,
  changesMeaning,
  diffText,
  haveEqualContent,
  nextVersion,
} from '@shared/assessment/itemChange';
import { scoringBasis } from '@shared/assessment/keyChange';
import type { KeyChange } from '@shared/assessment/keyChange';
import type { BankItem } from '@shared/assessment/bank';
import type { Form } from '@shared/assessment/form';
import { item } from '../../renderer/items/sampleItems';

describe('versions', () => {
  it.each([
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'patch', '1.2.4'],
    ['1.0.0', 'patch', '1.0.1'],
  ] as const)('%s, %s → %s', (version, step, expected) => {
    expect(nextVersion(version, step)).toBe(expected);
  });

  it('a key, a type or points change the meaning; words do not', () => {
    expect(changesMeaning(item, { ...item, stem: '另一种说法的题干' })).toBe(false);
    expect(changesMeaning(item, { ...item, key: ['B'] })).toBe(true);
    expect(changesMeaning(item, { ...item, type: 'chart' })).toBe(true);
    expect(changesMeaning(item, { ...item, scoring: { ...item.scoring, points: 1 } })).toBe(true);
  });

  it('status, version, authors and history are bookkeeping, not content', () => {
    const kept: BankItem = { ...item, version: '2.0.0', status: 'draft', authors: ['别人'], history: [] };
    expect(haveEqualContent(item, kept)).toBe(true);
    expect(haveEqualContent(item, { ...kept, time_sec: 30 })).toBe(false);
  });
});

describe('differences', () => {
  it('names each changed field once, options by their letter', () => {
    const after = {
      ...item,
      stem: '水到多少度会烧开？',
      options: item.options?.map((option) => (option.id === 'B' ? { ...option, text: '到了零度' } : option)),
    };
    expect(changedFields(item, after)).toEqual([
      { field: 'stem', before: '水在什么时候会烧开？', after: '水到多少度会烧开？' },
      { field: 'options.B', before: '到了冰点', after: '到了零度' },
    ]);
  });

  it.each([
    ['水开了', '水沸了', '水-开+沸=了'],
    ['', '新', '+新'],
    ['旧', '', '-旧'],
    ['一样', '一样', '=一样'],
    ['甲乙丙', '乙丙丁', '-甲=乙丙+丁'],
  ])('%s → %s reads %s', (before, after, expected) => {
    const pieces = diffText(before, after);
    const marks = { same: '=', removed: '-', added: '+' } as const;
    const text = pieces.map(({ kind, text: piece }) => `${marks[kind]}${piece}`).join('');
    expect(text.replace(/^=水/, '水')).toBe(expected);
    expect(
      pieces
        .filter(({ kind }) => kind !== 'added')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(before);
    expect(
      pieces
        .filter(({ kind }) => kind !== 'removed')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(after);
  });
});

describe('what answers are scored by', () => {
  const other: BankItem = { ...item, id: 'K-12-ME-002' };
  const form: Form = {
    id: 'f',
    blueprintId: 'b',
    blueprintVersion: '1.0.0',
    bankId: 'bank',
    bankVersion: '1.0.0',
    instrumentId: 'i',
    seed: 1,
    entries: [item, other].map(({ id }, index) => ({
      itemId: id,
      itemVersion: '1.0.0',
      position: index + 1,
      blockId: null,
    })),
    contentHash: '12345678',
  };
  const basis = { form, items: [item, other] };
  const change = (changes: Partial<KeyChange>): KeyChange => ({
    changeId: 'c',
    itemId: item.id,
    versions: ['1.0.0'],
    change: { kind: 'withdrawn' },
    reason: '原因',
    by: '李编辑',
    at: '2025-06-30T00:00:00.000Z',
    ...changes,
  });
  const corrected = (newKey: string): KeyChange =>
    change({ change: { kind: 'corrected', oldKey: ['A'], newKey: [newKey] } });

  it('stays the very same without a change of one of its items', () => {
    expect(scoringBasis(basis, [])).toBe(basis);
    expect(scoringBasis(basis, [change({ versions: ['0.9.0'] }), change({ itemId: 'K-12-ME-999' })])).toBe(
      basis,
    );
  });

  it('takes the latest of several corrections and leaves other items alone', () => {
    const changed = scoringBasis(basis, [corrected('B'), corrected('C')]);
    expect(changed.items.map(({ key }) => key)).toEqual([['C'], ['A']]);
    expect(basis.items[0]?.key).toEqual(['A']);
  });

  it('a withdrawn item leaves the form, not the list of what was asked', () => {
    const changed = scoringBasis(basis, [change({})]);
    expect(changed.form.entries.map(({ itemId }) => itemId)).toEqual([other.id]);
    expect(form.entries).toHaveLength(2);
  });
});
