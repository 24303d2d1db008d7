import { describe, expect, it } from 'vitest';
import { exportQti, qtiItem } from '@shared/assessment/exchange/qti3';
import type { XmlElement } from '@shared/assessment/exchange/xmlReader';
import { readXml } from '@shared/assessment/exchange/xmlReader';
import { loadTrialBank } from '../../../question-banks/trialBank';

const bank = loadTrialBank();

function parse(xml: string): XmlElement {
  const reading = readXml(xml);
  if (!reading.ok) throw new Error(`${reading.problem} in line ${reading.line}`);
  return reading.root;
}

const all = (root: XmlElement, name: string): readonly XmlElement[] => [
  ...(root.name === name ? [root] : []),
  ...root.children.flatMap((child) => all(child, name)),
];
const textsOf = (root: XmlElement, name: string): readonly string[] =>
  all(root, name).map(({ text }) => text);

describe('the QTI 3 export', () => {
  const { files, skippedIds } = exportQti(bank.items);
  const [manifest, ...items] = files;

  it('holds every choice item of the bank once and names those it cannot hold', () => {
    const skipped = bank.items.filter(({ type }) => type === 'order' || type === 'match');
    expect(skippedIds).toEqual(skipped.map(({ id }) => id));
    expect(items).toHaveLength(300 - skipped.length);
    const resources = all(parse(String(manifest?.content)), 'resource').map(
      ({ attributes }) => attributes['href'],
    );
    expect(resources).toEqual(items.map(({ name }) => name));
    expect(manifest?.name).toBe('imsmanifest.xml');
  });

  it('is well formed, with the words and the key of the item and identifiers QTI allows', () => {
    for (const { name, content } of items) {
      const item = bank.items.find(({ id }) => `${id}.xml` === name);
      const root = parse(String(content));
      expect(root.name).toBe('qti-assessment-item');
      expect(textsOf(root, 'qti-prompt')).toEqual([item?.stem]);
      const choices = all(root, 'qti-simple-choice');
      const keyed = textsOf(all(root, 'qti-correct-response')[0] ?? root, 'qti-value');
      const words = keyed.map(
        (id) => choices.find(({ attributes }) => attributes['identifier'] === id)?.text,
      );
      const expected = item?.key.map((key) => item.options?.find(({ id }) => id === key)?.text ?? key);
      expect(words, name).toEqual(expected);
      for (const { attributes } of [root, ...choices])
        expect(attributes['identifier']).toMatch(/^[A-Za-z_][\w.-]*$/);
    }
  });

  it('escapes whatever an item says and speaks a table', () => {
    const chart = bank.items.find(({ type }) => type === 'chart');
    if (chart?.stimulus === undefined) throw new Error('the bank has a chart');
    const alt = '表："甲" <乙> & 丙';
    const stem = 'a < b && c > "d" \u0007]]> <script>';
    const root = parse(qtiItem({ ...chart, stem, stimulus: { ...chart.stimulus, alt } }));
    expect(textsOf(root, 'qti-prompt')).toEqual([stem.replace('\u0007', '')]);
    expect(all(root, 'table')[0]?.attributes['aria-label']).toBe(alt);
    expect(all(root, 'script')).toEqual([]);
  });
});
