/**
 * Moodle GIFT: true/false, single and multiple choice, matching. Kinds an item cannot hold (short answer, number,
 * essay) refuse the file by line. Every loop walks the text once.
 */
import { droppedTexts, fileProblemTexts } from '../../texts/itemTableTexts';
import type { FileProblem } from '../../texts/itemTableTexts';
import type { ForeignOption, ForeignQuestion, ForeignRequest } from './foreignQuestion';
import { finishForeign } from './foreignQuestion';
import type { ImportedItems, LineLog } from './importedItems';
import { createLineLog } from './importedItems';
import { maximumAnswers, maximumCharacters } from './limits';
import { plainText } from './plainText';

interface Block {
  readonly text: string;
  /** 1-based line of its first character. */
  readonly line: number;
}

/** Parts of the file between blank lines, without comments and category lines. */
function blocksOf(source: string, log: LineLog): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let start = 0;
  const close = (): void => {
    if (lines.length > 0) blocks.push({ text: lines.join('\n'), line: start });
    lines = [];
  };
  source.split(/\r\n|\r|\n/).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '') close();
    else if (trimmed.startsWith('$CATEGORY:'))
      log.add('warning', index + 1, trimmed, {
        code: 'ITEM_PART_DROPPED',
        params: { what: droppedTexts.category },
      });
    else if (!trimmed.startsWith('//')) {
      if (lines.length === 0) start = index + 1;
      lines.push(line);
    }
  });
  close();
  return blocks;
}

/** Place of the first unescaped mark from `from` on; -1 when there is none. */
function findMark(text: string, mark: string, from = 0): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(mark, at)) return at;
  }
  return -1;
}

const unescape = (text: string): string =>
  text.replace(/\\([~=#{}:n\\])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark)).trim();

const clean = (text: string): string => plainText(unescape(text)).text;

/** Answers of a block, each with its sign = or ~. */
function answersOf(body: string): readonly { readonly sign: string; readonly text: string }[] {
  const answers: { sign: string; text: string }[] = [];
  let from = -1;
  const push = (to: number): void => {
    if (from >= 0) answers.push({ sign: body[from] ?? '', text: body.slice(from + 1, to) });
  };
  for (let at = 0; at < body.length; at += 1) {
    if (body[at] === '\\') at += 1;
    else if (body[at] === '=' || body[at] === '~') {
      push(at);
      from = at;
    }
  }
  push(body.length);
  return answers;
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = findMark(text, mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function toOption({ sign, text }: { readonly sign: string; readonly text: string }): ForeignOption {
  const weighted = /^\s*%(-?\d{1,3}(?:\.\d{1,5})?)%/.exec(text);
  const [words, feedback] = splitAt(text.slice(weighted?.[0].length ?? 0), '#');
  const fraction = weighted === null ? (sign === '=' ? 100 : 0) : Number(weighted[1]);
  return { text: clean(words), feedback: clean(feedback), fraction };
}

interface Head {
  readonly line: number;
  readonly name: string;
  readonly stem: string;
  readonly rationale: string;
  readonly topics: readonly string[];
}

type Read = ForeignQuestion | { readonly problem: FileProblem } | { readonly unsupported: string };

const verdicts: Readonly<Record<string, boolean>> = { T: true, TRUE: true, F: false, FALSE: false };

function choiceQuestion(head: Head, answers: ReturnType<typeof answersOf>): Read {
  const options = answers.map(toOption);
  if (answers.every(({ sign }) => sign === '=')) return { unsupported: 'short answer' };
  const isSingle =
    answers.some(({ sign }) => sign === '=') || options.some(({ fraction }) => fraction === 100);
  return { ...head, kind: 'choice', isSingle, options };
}

function questionOf(head: Head, body: string): Read {
  const plain = splitAt(body, '#')[0].trim();
  const verdict = Object.hasOwn(verdicts, plain.toUpperCase()) ? verdicts[plain.toUpperCase()] : undefined;
  if (verdict !== undefined) return { ...head, kind: 'tf', isTrue: verdict };
  if (body.trim() === '') return { unsupported: 'essay' };
  if (body.trim().startsWith('#')) return { unsupported: 'numerical' };
  const answers = answersOf(body);
  if (answers.length === 0) return { problem: 'giftAnswers' };
  if (answers.length > maximumAnswers) return { problem: 'manyAnswers' };
  const pairs = answers.map(({ text }) => splitAt(text, '->'));
  if (answers.every(({ text }) => findMark(text, '->') >= 0))
    return {
      ...head,
      kind: 'match',
      pairs: pairs.map(([left, right]) => ({ left: clean(left), right: clean(right) })),
    };
  return choiceQuestion(head, answers);
}

/** Name between :: and ::, and what follows it. */
function nameOf(text: string): readonly [name: string, rest: string] {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('::')) return ['', trimmed];
  const end = findMark(trimmed, '::', 2);
  return end < 0 ? ['', trimmed] : [unescape(trimmed.slice(2, end)), trimmed.slice(end + 2)];
}

const gapMark = '____';

function readBlock({ text, line }: Block): Read {
  const [name, rest] = nameOf(text);
  const open = findMark(rest, '{');
  if (open < 0) return { problem: 'giftOpen' };
  const close = findMark(rest, '}', open + 1);
  if (close < 0) return { problem: 'giftClose' };
  const tail = rest.slice(close + 1).trim();
  if (findMark(tail, '{') >= 0 || findMark(tail, '}') >= 0) return { problem: 'giftTwice' };
  const [body, general] = splitAt(rest.slice(open + 1, close), '####');
  const stem = rest.slice(0, open).replace(/^\s*\[(html|plain|markdown|moodle)\]/, '');
  const head = {
    line,
    name,
    stem: clean(tail === '' ? stem : `${stem.trimEnd()}${gapMark}${tail}`),
    rationale: clean(general),
    topics: [],
  };
  return questionOf(head, body);
}

/** Items of a GIFT text. Errors carry the line the question starts on. */
export function readGift(source: string, request: ForeignRequest): ImportedItems {
  const log = createLineLog(request.fileName);
  const problem = (line: number, text: string, code: FileProblem): void =>
    log.add('error', line, text, { code: 'ITEM_FILE_SYNTAX', params: { problem: fileProblemTexts[code] } });
  if (source.length > maximumCharacters) {
    problem(1, '', 'tooLong');
    return finishForeign([], log, request);
  }
  const questions = blocksOf(source.replace(/^\uFEFF/, ''), log).flatMap((block) => {
    const question = readBlock(block);
    if ('problem' in question) problem(block.line, block.text, question.problem);
    else if ('unsupported' in question)
      log.add('error', block.line, block.text, {
        code: 'ITEM_TYPE_NOT_SUPPORTED',
        params: { type: question.unsupported },
      });
    else return [question];
    return [];
  });
  return finishForeign(questions, log, request);
}
