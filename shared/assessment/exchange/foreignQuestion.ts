/** A question of another system's file, whatever its format, on the way to a raw item. */
import { droppedTexts } from '../../texts/itemTableTexts';
import type { ItemType } from '../itemCodes';
import { optionIds } from '../itemCodes';
import type { ItemDefaults } from './completeItem';
import { completeItem, createIdGiver, missingReference, missingReferenceId } from './completeItem';
import type { ImportedItems, KnownBank, LineLog, RawItem } from './importedItems';
import { judgeItems } from './importedItems';

export interface ForeignOption {
  readonly text: string;
  /** Why somebody would choose it. */
  readonly feedback: string;
  /** Share of the points, 0–100; negative for a penalty. */
  readonly fraction: number;
}

interface QuestionHead {
  /** 1-based line the question starts on. */
  readonly line: number;
  /** Name or id number the file gives. */
  readonly name: string;
  readonly stem: string;
  readonly rationale: string;
  readonly topics: readonly string[];
}

export type ForeignQuestion = QuestionHead &
  (
    | { readonly kind: 'tf'; readonly isTrue: boolean }
    | { readonly kind: 'choice'; readonly isSingle: boolean; readonly options: readonly ForeignOption[] }
    | {
        readonly kind: 'match';
        readonly pairs: readonly { readonly left: string; readonly right: string }[];
      }
    | { readonly kind: 'order'; readonly inOrder: readonly string[] }
  );

export interface ForeignRequest {
  readonly fileName: string;
  readonly bank: KnownBank;
  /** A question whose name is no item id takes its place in the framework from here. */
  readonly defaults: ItemDefaults;
}

interface Content {
  readonly type: ItemType;
  readonly key: readonly string[];
  readonly options?: readonly object[];
  readonly targets?: readonly object[];
}

const letterAt = (index: number): string => optionIds[index] ?? String(index);

/** By code point: the same file gives the same order everywhere, and never the right order by accident of the file. */
const sorted = (texts: readonly string[]): string[] =>
  [...new Set(texts)].sort((first, second) => (first < second ? -1 : 1));

function choiceContent(isSingle: boolean, options: readonly ForeignOption[]): Content {
  const key = options.flatMap(({ fraction }, index) => (fraction > 0 ? [letterAt(index)] : []));
  return {
    type: isSingle ? 'single' : 'multi',
    key,
    options: options.map(({ text, feedback, fraction }, index) => ({
      id: letterAt(index),
      text,
      ...(feedback === '' || fraction > 0 ? {} : { misconception: feedback }),
    })),
  };
}

function contentOf(question: ForeignQuestion): Content {
  switch (question.kind) {
    case 'tf':
      return { type: 'tf', key: [question.isTrue ? '对' : '错'] };
    case 'choice':
      return choiceContent(question.isSingle, question.options);
    case 'match': {
      const lefts = question.pairs.filter(({ left }) => left !== '');
      const rights = sorted(question.pairs.map(({ right }) => right));
      return {
        type: 'match',
        options: lefts.map(({ left }, index) => ({ id: letterAt(index), text: left })),
        targets: rights.map((text, index) => ({ id: String(index + 1), text })),
        key: lefts.map(({ right }, index) => `${letterAt(index)}${rights.indexOf(right) + 1}`),
      };
    }
    case 'order': {
      const options = sorted(question.inOrder);
      return {
        type: 'order',
        options: options.map((text, index) => ({ id: letterAt(index), text })),
        key: question.inOrder.map((text) => letterAt(options.indexOf(text))),
      };
    }
  }
}

const idPattern = /^(K|M|S1|S2|A1|A2)-(0[1-9]|1[0-9]|2[0-6])-(ME|LH|EE|MI|ET|SS)-[A-Z]?\d{3,4}$/;

/** Several right answers of unequal worth become all or nothing, which is said. */
function warnOfWeights(question: ForeignQuestion, log: LineLog): void {
  if (question.kind !== 'choice') return;
  const shares = question.options.map(({ fraction }) => fraction);
  const right = shares.filter((share) => share > 0);
  const isPlain = question.isSingle ? right.length === 1 && right[0] === 100 : new Set(right).size === 1;
  if (isPlain && shares.every((share) => share >= 0 || !question.isSingle)) return;
  log.add('warning', question.line, question.stem, {
    code: 'ITEM_PART_DROPPED',
    params: { what: droppedTexts.weights },
  });
}

/** Items of the questions of a file, all or none; problems the reader found are in the log already. */
export function finishForeign(
  questions: readonly ForeignQuestion[],
  log: LineLog,
  request: ForeignRequest,
): ImportedItems {
  const named = questions.map(({ name }) => name).filter((name) => idPattern.test(name));
  const taken = new Set([...request.bank.itemIds, ...named]);
  const giveId = createIdGiver(taken);
  const raws = questions.map((question): RawItem => {
    warnOfWeights(question, log);
    const raw = {
      ...contentOf(question),
      stem: question.stem,
      enemies: [],
      ...(idPattern.test(question.name) ? { id: question.name } : {}),
      ...(question.rationale === '' ? {} : { rationale: question.rationale }),
      ...(question.topics.length === 0 ? {} : { topics: question.topics }),
    };
    return {
      raw: completeItem(raw, { defaults: request.defaults, giveId }),
      stimulusId: null,
      sheet: request.fileName,
      row: question.line,
      report: (_path, problem) => log.add('error', question.line, question.stem, problem),
    };
  });
  const references = { [missingReferenceId]: missingReference(request.fileName) };
  const items = judgeItems(raws, { references, stimuli: new Map() }, request.bank);
  if (questions.length === 0 && log.errors.length === 0)
    log.add('error', 1, '', { code: 'TABLE_EMPTY', params: {} });
  const isWhole = log.errors.length === 0;
  return {
    items: isWhole ? items : [],
    references: isWhole ? references : {},
    errors: log.errors,
    warnings: log.warnings,
    itemCount: questions.length,
    places: isWhole ? raws.map(({ sheet, row }) => ({ sheet, row })) : [],
  };
}
