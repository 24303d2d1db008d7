/** A bank item as the question a respondent is asked: public form only, so nothing here can leak a key. */
import type { Question } from '../questions/kinds';
import type { Stimulus } from '../questions/stimulus';
import { falseKey, trueKey } from './itemCodes';
import type { PublicItem } from './publicItem';

type PublicStimulus = NonNullable<PublicItem['stimulus']>;

const toOption = (entry: { readonly id: string; readonly text: string }): { code: string; text: string } => ({
  code: entry.id,
  text: entry.text,
});

/** Number of a table cell without its unit or separators; null when the cell is words. */
function numberIn(cell: string): number | null {
  const text = cell.replaceAll(/[,，\s]/g, '').replace(/(%|％|[\u4e00-\u9fff]+)$/u, '');
  return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

/** Table whose columns after the first are all numbers, as a bar chart; null when it is not one. */
function chartOf(
  item: PublicItem,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): Stimulus | null {
  const { stimulus } = item;
  if (stimulus === null || item.type !== 'chart') return null;
  const series = headers.slice(1).map((name, index) => ({
    name,
    values: rows.map((row) => numberIn(row[index + 1] ?? '')),
  }));
  const isNumeric = series.length > 0 && series.every(({ values }) => !values.includes(null));
  if (!isNumeric) return null;
  return {
    kind: 'chart',
    id: stimulus.id,
    title: stimulus.title ?? '',
    chart: 'bar',
    categoryLabel: headers[0] ?? '',
    unit: stimulus.unit ?? '',
    categories: rows.map((row) => row[0] ?? ''),
    series: series.map(({ name, values }) => ({ name, values: values.map((value) => value ?? 0) })),
    alt: stimulus.alt ?? '',
  };
}

function pictureOf({ picture, id, title = '', text = '', alt = '' }: PublicStimulus): Stimulus | null {
  return picture === undefined ? null : { ...picture, kind: 'picture', id, title, text, alt };
}

function tableOf(item: PublicItem, { id, title = '', table, alt = '' }: PublicStimulus): Stimulus | null {
  if (table === undefined) return null;
  const [headers = [], ...rows] = table;
  const plain = { headers: [...headers], rows: rows.map((row) => [...row]) };
  return chartOf(item, headers, rows) ?? { kind: 'table', id, title, ...plain, alt };
}

function stimulusOf(item: PublicItem): Stimulus | null {
  const { stimulus } = item;
  if (stimulus === null) return null;
  const { kind, id, text, alt = '' } = stimulus;
  const shown = pictureOf(stimulus) ?? (kind === 'text' ? null : tableOf(item, stimulus));
  return shown ?? { kind: 'text', id, text: text ?? alt };
}

/** The question of one item; `code` is the item id, options keep their letters as codes. */
export function questionOfItem(item: PublicItem, blockId: string | null): Question {
  const stimulus = stimulusOf(item);
  const base = {
    code: item.id,
    text: item.stem,
    dontKnow: item.offersDontKnow,
    refuse: true,
    ...(stimulus === null ? {} : { stimulus }),
    ...(blockId === null ? {} : { blockId }),
  };
  const options = item.options.map(toOption);
  switch (item.type) {
    case 'tf':
      return { ...base, kind: 'trueFalse', trueText: trueKey, falseText: falseKey };
    case 'single':
    case 'chart':
      return { ...base, kind: 'single', options, shuffle: item.mayShuffle };
    case 'multi':
      return { ...base, kind: 'multi', options, shuffle: item.mayShuffle };
    case 'order':
      return { ...base, kind: 'ordering', options, shuffle: item.mayShuffle };
    case 'match':
      return {
        ...base,
        kind: 'matching',
        rows: options,
        options: item.targets.map(toOption),
        shuffle: item.mayShuffle,
        oneToOne: true,
      };
  }
}
