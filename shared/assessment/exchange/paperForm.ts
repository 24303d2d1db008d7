/**
 * A form to print: the paper and, apart from it, the answer key. 四号 (14 pt) or larger, option letters in boxes,
 * nothing told by colour alone (question-bank-spec §2.4). Self-contained HTML without scripts.
 */
import { itemTypeLabels } from '../../texts/itemTexts';
import { paperTexts } from '../../texts/paperTexts';
import type { BankItem } from '../bank';
import type { Form } from '../form';
import { falseKey, trueKey } from '../itemCodes';
import type { StimulusContent } from '../item';
import { pictureAddress } from '../picture';
import { escapeMarkup } from './markup';
import { answerText } from './normaliseAnswer';

export interface PaperRequest {
  readonly form: Form;
  /** Items of the form by id; `itemsOfForm` finds them. */
  readonly items: readonly BankItem[];
  /** Copies, each numbered and starting on a new page. */
  readonly copies: number;
  /** Number of the first copy. */
  readonly firstCopy: number;
  /** Words across every page, e.g. 试用; empty for the form's version alone. */
  readonly watermark: string;
}

export interface PaperForm {
  readonly formHtml: string;
  readonly keyHtml: string;
}

const hashLength = 12;

/** Names exactly this content: form id and the beginning of its hash. */
export const formVersionId = ({ id, contentHash }: Form): string =>
  `${id}·${contentHash.slice(0, hashLength)}`;

/** Items in the order of the form; null when one is missing or has another version. */
export function itemsOfForm(form: Form, items: readonly BankItem[]): readonly BankItem[] | null {
  const byId = new Map(items.map((item) => [item.id, item]));
  const found = form.entries.flatMap(({ itemId, itemVersion }) => {
    const item = byId.get(itemId);
    return item?.version === itemVersion ? [item] : [];
  });
  return found.length === form.entries.length ? found : null;
}

const style = `
@page { size: A4; margin: 18mm 16mm 20mm; }
body { font: 14pt/1.6 "SimSun", "Noto Serif CJK SC", serif; color: #000; margin: 0; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 6pt; }
.meta { display: flex; justify-content: space-between; gap: 12pt; font-size: 14pt; }
.copy { break-before: page; }
.copy:first-of-type { break-before: auto; }
.item, .material { break-inside: avoid; margin: 14pt 0; }
.material { border: 1pt solid #000; padding: 6pt 10pt; }
.stem { font-weight: bold; }
.hint { font-weight: normal; }
ul { list-style: none; margin: 4pt 0 0; padding: 0; }
li { margin: 4pt 0; }
.box { display: inline-block; min-width: 18pt; height: 18pt; line-height: 18pt; margin-right: 8pt;
  border: 1.2pt solid #000; text-align: center; }
.columns { display: flex; gap: 40pt; }
table { border-collapse: collapse; margin: 4pt 0; }
td, th { border: 1pt solid #000; padding: 3pt 8pt; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
img { display: block; max-width: 100%; height: auto; max-height: 110mm; margin: 4pt 0; }
.watermark { position: fixed; inset: 0; display: flex; align-items: center; justify-content: center;
  font-size: 48pt; color: #000; opacity: 0.07; transform: rotate(-30deg); z-index: -1; text-align: center; }
.version { position: fixed; bottom: 0; right: 0; font-size: 10pt; }
`;

const element = (name: string, content: string, className = ''): string =>
  `<${name}${className === '' ? '' : ` class="${className}"`}>${content}</${name}>`;

function page(title: string, watermark: string, version: string, body: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const marks = [
    ...(watermark === '' ? [] : [element('div', escapeMarkup(watermark), 'watermark')]),
    element('div', escapeMarkup(version), 'version'),
  ];
  return (
    '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>${escapeMarkup(title)}</title><style>${style}</style></head>\n<body>${marks.join('')}\n${body}\n</body></html>\n`
  );
}

const box = (mark: string): string => element('span', escapeMarkup(mark), 'box');
const choice = (mark: string, text: string): string =>
  element('li', `${box(mark)}${mark === text ? '' : escapeMarkup(text)}`);
const verdict = (text: string): string => element('li', `${box('')}${text}`);

/** Boxes to tick or to write a number in. */
function choicesMarkup(item: BankItem): string {
  const { options = [], targets = [], type } = item;
  const dontKnow = item.dk === false ? '' : verdict(paperTexts.dontKnow);
  if (type === 'tf') return element('ul', `${verdict(trueKey)}${verdict(falseKey)}${dontKnow}`);
  const isWritten = type === 'order' || type === 'match';
  const rows = options.map(({ id, text }) =>
    isWritten ? element('li', `${box('')}${id}．${escapeMarkup(text)}`) : choice(id, text),
  );
  const left = element('ul', rows.join('') + dontKnow);
  if (type !== 'match') return left;
  const right = targets.map(({ id, text }) => element('li', `${id}．${escapeMarkup(text)}`)).join('');
  return element('div', `${left}${element('ul', right)}`, 'columns');
}

/** The picture; its spoken alternative in words when the item has none. */
const pictureMarkup = ({ picture, alt = '' }: StimulusContent): string =>
  picture === undefined
    ? element('div', escapeMarkup(paperTexts.image(alt)))
    : `<img src="${pictureAddress(picture)}" alt="${escapeMarkup(alt)}">`;

function materialMarkup(stimulus: StimulusContent): string {
  const { title, text, table, unit, kind } = stimulus;
  const rows = (table ?? []).map(([head = '', ...rest]) =>
    element(
      'tr',
      element('th', escapeMarkup(head)) + rest.map((cell) => element('td', escapeMarkup(cell))).join(''),
    ),
  );
  const parts = [
    element('div', escapeMarkup(title ?? paperTexts.material), 'stem'),
    text === undefined ? '' : element('div', escapeMarkup(text)),
    rows.length === 0 ? '' : element('table', rows.join('')),
    unit === undefined ? '' : element('div', escapeMarkup(paperTexts.unit(unit))),
    kind === 'image' ? pictureMarkup(stimulus) : '',
  ];
  return element('div', parts.join(''), 'material');
}

function itemMarkup(item: BankItem, index: number, items: readonly BankItem[]): string {
  const { stimulus } = item;
  const isShown = stimulus !== undefined && items[index - 1]?.stimulus?.id !== stimulus.id;
  const hint = element('span', `（${paperTexts[item.type]}）`, 'hint');
  const stem = element('div', `${paperTexts.question(index + 1)}${escapeMarkup(item.stem)}${hint}`, 'stem');
  return (isShown ? materialMarkup(stimulus) : '') + element('section', stem + choicesMarkup(item), 'item');
}

const copyDigits = 3;

function copyMarkup({ form, items }: PaperRequest, number: number): string {
  const copy = paperTexts.copy(String(number).padStart(copyDigits, '0'));
  const meta = [paperTexts.formLine(form.id), copy].map((text) => element('span', escapeMarkup(text)));
  return element(
    'article',
    element('h1', paperTexts.formTitle) +
      element('div', meta.join(''), 'meta') +
      element('p', paperTexts.caseLine) +
      element('p', paperTexts.instruction) +
      items.map(itemMarkup).join('\n'),
    'copy',
  );
}

function keyMarkup({ form, items }: PaperRequest): string {
  const row = (tag: string, cells: readonly string[]): string =>
    element('tr', cells.map((cell) => element(tag, escapeMarkup(cell))).join(''));
  const rows = items.map((item, index) =>
    row('td', [
      String(index + 1),
      item.id,
      item.version,
      itemTypeLabels[item.type],
      answerText(item.type, item.key),
      String(item.scoring.points),
      item.rationale ?? '',
    ]),
  );
  return (
    element('h1', paperTexts.keyTitle) +
    element('p', escapeMarkup(paperTexts.formLine(form.id))) +
    element('p', paperTexts.keyNote) +
    element('table', row('th', paperTexts.keyColumns) + rows.join(''))
  );
}

/** The paper, without anything of the key, and the key. */
export function paperForm(request: PaperRequest): PaperForm {
  const { form, copies, firstCopy, watermark } = request;
  const version = paperTexts.versionLine(formVersionId(form));
  const numbers = Array.from({ length: copies }, (_, index) => firstCopy + index);
  const body = numbers.map((number) => copyMarkup(request, number)).join('\n');
  return {
    formHtml: page(paperTexts.pageTitle(form.id), watermark, version, body),
    keyHtml: page(paperTexts.keyPageTitle(form.id), watermark, version, keyMarkup(request)),
  };
}
