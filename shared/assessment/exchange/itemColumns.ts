/**
 * The one table of the columns of an item workbook (question-bank-spec §6.2): where a value stands in an item, how it
 * is written and read. Headers, other names and notes are in `texts/itemTableTexts`. Writer, reader, template and
 * guide are all derived from this list.
 */
import {
  contentAreaLabels,
  itemDimensionLabels,
  itemStatusLabels,
  itemTypeLabels,
  knowledgeLabels,
} from '../../texts/itemTexts';
import { cognitiveLevels, optionIds } from '../itemCodes';
import { maximumPictureSide } from '../picture';
import type { CellCodec } from './cellCodecs';
import {
  codeCodec,
  dateCodec,
  gridCodec,
  integerListCodec,
  jsonCodec,
  labelCodec,
  listCodec,
  looseTextCodec,
  numberCodec,
  textCodec,
  yesNoCodec,
} from './cellCodecs';

export interface ItemColumn {
  /** Place of the value in a flat item (`flatItem`), e.g. `difficulty.p_prior`, `options.B`, `references.0.fact`. */
  readonly path: string;
  readonly codec: CellCodec;
  /** A blank cell is an error unless the import has a default for it. */
  readonly isRequired: boolean;
}

const column = (path: string, codec: CellCodec, isRequired = false): ItemColumn => ({
  path,
  codec,
  isRequired,
});

const selfLabelled = (codes: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.map((code) => [code, code]));

/** Names of kinds met in other systems' tables. */
const furtherTypeNames = {
  判断题: 'tf',
  是非题: 'tf',
  truefalse: 'tf',
  单选题: 'single',
  单项选择: 'single',
  单项选择题: 'single',
  选择题: 'single',
  多选题: 'multi',
  多项选择: 'multi',
  多项选择题: 'multi',
  不定项: 'multi',
  排序题: 'order',
  匹配题: 'match',
  连线题: 'match',
  配对题: 'match',
  图表题: 'chart',
} as const;

export const typeCodec = labelCodec(itemTypeLabels, furtherTypeNames);

const whole = (minimum: number, maximum: number): CellCodec => numberCodec({ minimum, maximum }, true);
const decimal = (minimum: number, maximum: number): CellCodec => numberCodec({ minimum, maximum }, false);

export const targetIds = ['1', '2', '3', '4', '5', '6'] as const;

const referenceColumns = (index: number): readonly ItemColumn[] => [
  column(`references.${index}.ref`, textCodec),
  column(`references.${index}.title`, textCodec),
  column(`references.${index}.issuer`, textCodec),
  column(`references.${index}.clause`, looseTextCodec),
  column(`references.${index}.fact`, textCodec, index === 0),
];

const identity: readonly ItemColumn[] = [
  column('id', textCodec, true),
  column('version', textCodec),
  column('status', labelCodec(itemStatusLabels)),
  column('dimension', codeCodec(itemDimensionLabels), true),
  column('benchmark.no', whole(1, 26), true),
  column('benchmark.point', whole(1, 132)),
  column('area', codeCodec(contentAreaLabels), true),
  column('topics', listCodec, true),
  column('cognitive', labelCodec(selfLabelled(cognitiveLevels)), true),
  column('knowledge', labelCodec(knowledgeLabels)),
];

const content: readonly ItemColumn[] = [
  column('type', typeCodec, true),
  column('stimulus', textCodec),
  column('stem', textCodec, true),
  ...optionIds.map((letter) => column(`options.${letter}`, textCodec)),
  ...targetIds.map((number) => column(`targets.${number}`, textCodec)),
  column('key', textCodec, true),
  ...optionIds.map((letter) => column(`misconceptions.${letter}`, textCodec)),
  column('rationale', textCodec, true),
];

const measurement: readonly ItemColumn[] = [
  column('review_due', dateCodec),
  column('difficulty.p_prior', decimal(0, 1), true),
  column('difficulty.se', decimal(0.02, 0.3)),
  column('difficulty.basis', textCodec, true),
  column('irt.b', decimal(-6, 6)),
  column('irt.a', decimal(0, 10)),
  column('irt.c', decimal(0, 0.5)),
  column('irt.se_b', decimal(0, 10)),
  column('irt.scale', textCodec),
  column('irt.model', labelCodec(selfLabelled(['Rasch', '2PL', '3PL', 'GPCM']))),
  column('irt.source', labelCodec({ prior: '预估', pilot: '试测', operational: '正式' })),
  column('time_sec', whole(5, 180), true),
];

const use: readonly ItemColumn[] = [
  column('access', textCodec),
  column('sensitivity', textCodec),
  column('enemies', listCodec),
  column('anchor.is_anchor', yesNoCodec),
  column('anchor.years', integerListCodec),
  column('shuffle', yesNoCodec),
  column('dk', yesNoCodec),
  column('scoring.points', decimal(0, 100)),
  column('scoring.rule', labelCodec({ all_or_none: '全对给分', partial: '部分给分' })),
  column('authors', listCodec, true),
  column('reviewers.content', listCodec),
  column('reviewers.language', listCodec),
  column('reviewers.sensitivity', listCodec),
  column('exposure.public', yesNoCodec),
  column('exposure.n_forms', whole(0, 1_000_000)),
  column('exposure.n_resp', whole(0, 1_000_000_000)),
  column('exposure.last_used', dateCodec),
  column('exposure.cap_rate', decimal(0, 1)),
  column('pisa.competency', textCodec),
  column('pisa.context', textCodec),
  column('lang', textCodec),
  column('status_note', looseTextCodec),
  column('stats', jsonCodec),
  column('hash', textCodec),
];

/** References a row may carry. */
export const mostReferences = 9;

/** All columns with room for so many references per item. */
export const itemColumns = (referenceCount: number): readonly ItemColumn[] => [
  ...identity,
  ...content,
  ...Array.from({ length: referenceCount }, (_, index) => referenceColumns(index)).flat(),
  ...measurement,
  ...use,
];

/** Columns of the further sheets of an item workbook. */
export const furtherSheets = {
  materials: [
    column('id', textCodec, true),
    column('kind', labelCodec({ text: '文字', table: '表格', image: '图片' }), true),
    column('title', textCodec),
    column('text', textCodec),
    column('table', gridCodec),
    column('unit', textCodec),
    column('alt', textCodec),
  ],
  pictures: [
    column('id', textCodec, true),
    column('part', whole(1, 100), true),
    column('mediaType', textCodec, true),
    column('width', whole(1, maximumPictureSide), true),
    column('height', whole(1, maximumPictureSide), true),
    column('data', looseTextCodec, true),
  ],
  references: [
    column('id', textCodec, true),
    column('title', textCodec, true),
    column('issuer', textCodec, true),
    column('type', textCodec, true),
    column('date', looseTextCodec),
    column('clause', looseTextCodec),
    column('status', looseTextCodec),
    column('further', jsonCodec),
  ],
  reviews: [
    column('item', textCodec, true),
    column('by', textCodec, true),
    column('role', textCodec, true),
    column('at', dateCodec),
    column('verdict', textCodec, true),
    column('note', textCodec),
  ],
  history: [
    column('item', textCodec, true),
    column('at', dateCodec, true),
    column('by', textCodec, true),
    column('what', textCodec, true),
    column('from', textCodec),
    column('to', textCodec),
  ],
} as const satisfies Readonly<Record<string, readonly ItemColumn[]>>;

export type FurtherSheet = keyof typeof furtherSheets;
