/**
 * QTI 3.0 (1EdTech 2022): choice items – true/false, single, multiple, chart – as assessment items with their key,
 * and the manifest of a content package. Points are given all or nothing by the item's own response processing.
 */
import { paperTexts } from '../../texts/paperTexts';
import type { BankItem } from '../bank';
import { falseKey, trueKey } from '../itemCodes';
import type { StimulusContent } from '../item';
import { decodeBase64 } from '../picture';
import { escapeMarkup } from './markup';

const itemNamespace = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const packageNamespace = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1';

/** Identifiers are names without colon; ours start with a letter. */
const verdictIds: Readonly<Record<string, string>> = { [trueKey]: 'TRUE', [falseKey]: 'FALSE' };
const dontKnowId = 'DK';

export interface QtiFile {
  readonly name: string;
  /** Text of a document, bytes of a picture. */
  readonly content: string | Uint8Array;
}

export interface QtiExport {
  /** The manifest first, then one file an item, then the pictures. */
  readonly files: readonly QtiFile[];
  /** Items QTI choice interactions cannot hold: order and match. */
  readonly skippedIds: readonly string[];
}

const isChoice = ({ type }: BankItem): boolean => type !== 'order' && type !== 'match';

function tableMarkup({ table = [], title, alt = '' }: StimulusContent): string {
  const cell = (tag: string, text: string): string => `<${tag}>${escapeMarkup(text)}</${tag}>`;
  const rows = table.map(([head = '', ...rest]) => {
    const cells = rest.map((text) => cell('td', text)).join('');
    return `<tr><th scope="row">${escapeMarkup(head)}</th>${cells}</tr>`;
  });
  const caption = title === undefined ? '' : cell('caption', title);
  return `<table aria-label="${escapeMarkup(alt)}">${caption}<tbody>${rows.join('')}</tbody></table>`;
}

/** Name of a material's picture in the package; ids may hold anything, so the place among the pictures names it. */
type PictureNames = ReadonlyMap<string, string>;

function picturesOf(items: readonly BankItem[]): readonly (QtiFile & { readonly id: string })[] {
  const materials = new Map(items.flatMap(({ stimulus }) => (stimulus ? [[stimulus.id, stimulus]] : [])));
  const withPicture = [...materials.values()].filter(({ picture }) => picture !== undefined);
  return withPicture.map(({ id, picture }, index) => ({
    id,
    name: `images/${index + 1}.${picture?.mediaType === 'image/png' ? 'png' : 'jpg'}`,
    content: decodeBase64(picture?.data ?? '') ?? new Uint8Array(),
  }));
}

function imageMarkup({ id, alt = '' }: StimulusContent, names: PictureNames): string {
  const name = names.get(id);
  return name === undefined
    ? `<p>${escapeMarkup(paperTexts.image(alt))}</p>`
    : `<p><img src="${name}" alt="${escapeMarkup(alt)}"/></p>`;
}

/** Material before the question. */
function stimulusMarkup(stimulus: StimulusContent | undefined, names: PictureNames): string {
  if (stimulus === undefined) return '';
  const paragraph = (text: string): string => `<p>${escapeMarkup(text)}</p>`;
  const unit = stimulus.unit === undefined ? '' : paragraph(paperTexts.unit(stimulus.unit));
  if (stimulus.kind === 'table') return `<div>${tableMarkup(stimulus)}${unit}</div>`;
  const text = stimulus.text === undefined ? '' : paragraph(stimulus.text);
  const image = stimulus.kind === 'image' ? imageMarkup(stimulus, names) : '';
  return `<div>${text}${image}${unit}</div>`;
}

const choicesOf = ({ type, options = [] }: BankItem): readonly (readonly [string, string])[] =>
  type === 'tf'
    ? [trueKey, falseKey].map((verdict) => [verdictIds[verdict] ?? verdict, verdict] as const)
    : options.map(({ id, text }) => [id, text] as const);

function choiceMarkup(item: BankItem): string {
  const choices = choicesOf(item).map(
    ([id, text]) => `<qti-simple-choice identifier="${id}">${escapeMarkup(text)}</qti-simple-choice>`,
  );
  const dontKnow =
    item.dk === false
      ? ''
      : `<qti-simple-choice identifier="${dontKnowId}" fixed="true">${paperTexts.dontKnow}</qti-simple-choice>`;
  const most = item.type === 'multi' ? 0 : 1;
  const shuffles = item.type !== 'tf' && item.shuffle !== false;
  return (
    `<qti-choice-interaction response-identifier="RESPONSE" max-choices="${most}" shuffle="${String(shuffles)}">` +
    `<qti-prompt>${escapeMarkup(item.stem)}</qti-prompt>${choices.join('')}${dontKnow}</qti-choice-interaction>`
  );
}

const processing = (points: number): string =>
  '<qti-response-processing><qti-response-condition><qti-response-if><qti-match>' +
  '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>' +
  `<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">${points}</qti-base-value>` +
  '</qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>';

/** One assessment item. The item must be a choice item; `names` are files of pictures by material. */
export function qtiItem(item: BankItem, names: PictureNames = new Map()): string {
  const values = item.key.map((key) => `<qti-value>${verdictIds[key] ?? key}</qti-value>`).join('');
  const cardinality = item.type === 'multi' ? 'multiple' : 'single';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<qti-assessment-item xmlns="${itemNamespace}" identifier="${item.id}" title="${item.id} ${item.version}"` +
      ' adaptive="false" time-dependent="false" xml:lang="zh-CN">',
    `<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="identifier">` +
      `<qti-correct-response>${values}</qti-correct-response></qti-response-declaration>`,
    '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"' +
      ` normal-maximum="${item.scoring.points}"><qti-default-value><qti-value>0</qti-value></qti-default-value>` +
      '</qti-outcome-declaration>',
    `<qti-item-body>${stimulusMarkup(item.stimulus, names)}${choiceMarkup(item)}</qti-item-body>`,
    processing(item.scoring.points),
    '</qti-assessment-item>',
    '',
  ].join('\n');
}

function manifest(items: readonly BankItem[], names: PictureNames): string {
  const resources = items.map(({ id, stimulus }) => {
    const picture = names.get(stimulus?.id ?? '');
    const files = [`${id}.xml`, ...(picture === undefined ? [] : [picture])];
    const listed = files.map((file) => `<file href="${file}"/>`).join('');
    return `<resource identifier="RES-${id}" type="imsqti_item_xmlv3p0" href="${id}.xml">${listed}</resource>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<manifest xmlns="${packageNamespace}" identifier="MANIFEST-ZHIHENG">`,
    '<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>',
    '<organizations/>',
    `<resources>${resources.join('')}</resources>`,
    '</manifest>',
    '',
  ].join('\n');
}

/** Files of a QTI 3.0 content package; keys included. */
export function exportQti(items: readonly BankItem[]): QtiExport {
  const choices = items.filter(isChoice);
  const pictures = picturesOf(choices);
  const names = new Map(pictures.map(({ id, name }) => [id, name]));
  return {
    files: [
      { name: 'imsmanifest.xml', content: manifest(choices, names) },
      ...choices.map((item) => ({ name: `${item.id}.xml`, content: qtiItem(item, names) })),
      ...pictures.map(({ name, content }) => ({ name, content })),
    ],
    skippedIds: items.filter((item) => !isChoice(item)).map(({ id }) => id),
  };
}
