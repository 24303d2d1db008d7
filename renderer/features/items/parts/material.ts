/** Materials as the form holds them: how they start, what they are called, a first spoken alternative. */
import type { StimulusContent } from '@shared/assessment/item';

export const materialKindLabels: Readonly<Record<StimulusContent['kind'], string>> = {
  text: '文字',
  table: '表格',
  image: '图片',
};

/** Ids of materials added here: ST-U001, ST-U002, … */
export function newMaterialId(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const id = `ST-U${String(number).padStart(3, '0')}`;
    if (!taken.includes(id)) return id;
  }
}

export function blankMaterial(kind: StimulusContent['kind'], taken: readonly string[]): StimulusContent {
  const id = newMaterialId(taken);
  if (kind === 'text') return { id, kind, text: '' };
  const head = { id, kind, title: '', alt: '' };
  return kind === 'image'
    ? head
    : {
        ...head,
        table: [
          ['', ''],
          ['', ''],
        ],
        unit: '',
      };
}

/** Without the blank fields of the form: the format has no empty texts. */
export function withoutBlanks(material: StimulusContent): StimulusContent {
  const filled = Object.entries(material).filter(([, value]) => value !== '' && value !== undefined);
  return Object.fromEntries(filled) as unknown as StimulusContent;
}

/** What a list of materials calls one. */
export const materialName = ({ id, kind, title, text, alt }: StimulusContent): string =>
  `${materialKindLabels[kind]} ${id}：${(title || text || alt || '').slice(0, 24)}`;

/** A first spoken alternative of a table: every row with every value and the unit. */
export function spokenTable({ title = '', table = [], unit = '' }: StimulusContent): string {
  const [headers = [], ...rows] = table;
  const spoken = rows.map(([name = '', ...cells]) => {
    const values = cells.map((cell, place) => `${headers[place + 1] ?? ''}${cell}${unit}`);
    return `${name}：${values.join('，')}`;
  });
  return [title, spoken.join('；')].filter((part) => part !== '').join('。') + '。';
}
