import { describe, expect, it } from 'vitest';
import { itemsOfForm, paperForm } from '@shared/assessment/exchange/paperForm';
import type { Form } from '@shared/assessment/form';
import { loadTrialBank } from '../../../question-banks/trialBank';

const bank = loadTrialBank();
const kinds = (['tf', 'single', 'multi', 'chart', 'order', 'match'] as const).flatMap((type) =>
  bank.items.filter((item) => item.type === type).slice(0, 2),
);
const grouped = bank.items.filter(
  ({ stimulus }, _index, all) =>
    stimulus?.kind === 'text' && all.filter((each) => each.stimulus?.id === stimulus.id).length > 1,
);
const first = grouped[0]?.stimulus?.id;
const items = [...kinds, ...grouped.filter(({ stimulus }) => stimulus?.id === first)];

const form: Form = {
  id: 'form-1',
  blueprintId: 'b',
  blueprintVersion: '1',
  bankId: bank.meta.id,
  bankVersion: bank.meta.version,
  instrumentId: 'i',
  seed: 1,
  entries: items.map(({ id, version }, index) => ({
    itemId: id,
    itemVersion: version,
    position: index + 1,
    blockId: null,
  })),
  contentHash: '0123456789abcdef',
};

const { formHtml, keyHtml } = paperForm({ form, items, copies: 3, firstCopy: 8, watermark: '试用<1>' });
const countOf = (text: string, part: string): number => text.split(part).length - 1;

describe('a printed form', () => {
  it('asks every question on each numbered copy, with the version and the watermark on the page', () => {
    for (const number of ['008', '009', '010']) expect(countOf(formHtml, `第 ${number} 份`)).toBe(1);
    for (const { stem } of items) expect(countOf(formHtml, stem)).toBeGreaterThanOrEqual(3);
    expect(formHtml).toContain('form-1·0123456789ab');
    expect(formHtml).toContain('试用&lt;1&gt;');
  });

  it('prints shared material once before its questions', () => {
    const text = items.at(-1)?.stimulus?.text ?? '';
    expect(text).not.toBe('');
    expect(countOf(formHtml, text)).toBe(3);
  });

  it('tells nothing of the key: no rationale, no misconception, the same page whatever the key', () => {
    for (const { rationale = '', options = [] } of items)
      for (const secret of [rationale, ...options.map(({ misconception }) => misconception ?? '')])
        if (secret.length > 8) expect(formHtml).not.toContain(secret);
    const other = items.map((item) => ({ ...item, key: [...item.key].reverse(), rationale: '' }));
    expect(paperForm({ form, items: other, copies: 3, firstCopy: 8, watermark: '试用<1>' }).formHtml).toBe(
      formHtml,
    );
  });

  it('is set in 四号 or larger, with letters in boxes, page breaks and no script', () => {
    expect(formHtml).toMatch(/body \{ font: 14pt/);
    const body = formHtml.slice(formHtml.indexOf('<body>'));
    expect(body).toContain('<span class="box">A</span>');
    expect(formHtml).toContain('break-before: page');
    expect(formHtml).toContain('break-inside: avoid');
    expect(formHtml).not.toContain('<script');
  });

  it('has a key apart, one line an item', () => {
    expect(countOf(keyHtml, '<tr>')).toBe(items.length + 1);
    const order = items.find(({ type }) => type === 'order');
    expect(keyHtml).toContain(`<td>${order?.key.join('&gt;') ?? '?'}</td>`);
    for (const { id } of items) expect(keyHtml).toContain(`<td>${id}</td>`);
  });

  it('takes its items in the order of the form and refuses another version', () => {
    expect(itemsOfForm(form, bank.items)?.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    const newer = bank.items.map((item) => ({ ...item, version: '9.0.0' }));
    expect(itemsOfForm(form, newer)).toBeNull();
  });
});
