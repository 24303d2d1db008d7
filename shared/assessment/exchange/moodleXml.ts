/** Moodle XML: truefalse, multichoice, matching, ordering. Other kinds refuse the file, by line. */
import { droppedTexts, fileProblemTexts } from '../../texts/itemTableTexts';
import type { FileProblem } from '../../texts/itemTableTexts';
import type { ForeignOption, ForeignQuestion, ForeignRequest } from './foreignQuestion';
import { finishForeign } from './foreignQuestion';
import type { ImportedItems, LineLog } from './importedItems';
import { createLineLog } from './importedItems';
import { maximumAnswers } from './limits';
import { plainText } from './plainText';
import type { XmlElement } from './xmlReader';
import { readXml } from './xmlReader';

const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

const childOf = (element: XmlElement, name: string): XmlElement | undefined => childrenOf(element, name)[0];

interface Reading {
  readonly element: XmlElement;
  readonly log: LineLog;
}

/** Words of `<name format="html"><text>…</text></name>`; what they carried besides words is said to be dropped. */
function wordsOf(element: XmlElement | undefined, log: LineLog): string {
  if (element === undefined) return '';
  const inner = childOf(element, 'text');
  const { text, hasDropped } = plainText(inner === undefined ? element.text : inner.text);
  const hasFile = childrenOf(element, 'file').length > 0;
  if (hasDropped || hasFile)
    log.add('warning', element.line, text, {
      code: 'ITEM_PART_DROPPED',
      params: { what: droppedTexts.markup },
    });
  return text;
}

const fractionOf = ({ attributes }: XmlElement): number => {
  const fraction = Number(attributes['fraction'] ?? '0');
  return Number.isFinite(fraction) ? fraction : 0;
};

const optionsOf = ({ element, log }: Reading): readonly ForeignOption[] =>
  childrenOf(element, 'answer').map((answer) => ({
    text: wordsOf(answer, log),
    feedback: wordsOf(childOf(answer, 'feedback'), log),
    fraction: fractionOf(answer),
  }));

type Head = Pick<ForeignQuestion, 'line' | 'name' | 'stem' | 'rationale' | 'topics'>;

/** The item id, when the question carries one as id number or name. */
function headOf({ element, log }: Reading): Head {
  const idNumber = wordsOf(childOf(element, 'idnumber'), log);
  const tags = childOf(element, 'tags');
  return {
    line: element.line,
    name: idNumber === '' ? wordsOf(childOf(element, 'name'), log) : idNumber,
    stem: wordsOf(childOf(element, 'questiontext'), log),
    rationale: wordsOf(childOf(element, 'generalfeedback'), log),
    topics: tags === undefined ? [] : childrenOf(tags, 'tag').map((tag) => wordsOf(tag, log)),
  };
}

type Read = ForeignQuestion | { readonly problem: FileProblem };

function readStatement(reading: Reading): Read {
  const right = optionsOf(reading).find(({ fraction }) => fraction === 100);
  const word = right?.text.trim().toLowerCase();
  if (word !== 'true' && word !== 'false') return { problem: 'tfAnswer' };
  return { ...headOf(reading), kind: 'tf', isTrue: word === 'true' };
}

function readChoice(reading: Reading): Read {
  const single = childOf(reading.element, 'single')?.text.trim().toLowerCase();
  const isSingle = single !== 'false' && single !== '0';
  return { ...headOf(reading), kind: 'choice', isSingle, options: optionsOf(reading) };
}

function readMatching(reading: Reading): Read {
  const { element, log } = reading;
  const pairs = childrenOf(element, 'subquestion').map((pair) => ({
    left: wordsOf(pair, log),
    right: wordsOf(childOf(pair, 'answer'), log),
  }));
  return { ...headOf(reading), kind: 'match', pairs };
}

const readOrdering = (reading: Reading): Read => ({
  ...headOf(reading),
  kind: 'order',
  inOrder: optionsOf(reading).map(({ text }) => text),
});

const readers: Readonly<Record<string, (reading: Reading) => Read>> = {
  truefalse: readStatement,
  multichoice: readChoice,
  matching: readMatching,
  ordering: readOrdering,
};

function readQuestion(element: XmlElement, log: LineLog): readonly ForeignQuestion[] {
  const type = element.attributes['type'] ?? '';
  if (type === 'category') {
    log.add('warning', element.line, type, {
      code: 'ITEM_PART_DROPPED',
      params: { what: droppedTexts.category },
    });
    return [];
  }
  const refuse = (problem: FileProblem): readonly ForeignQuestion[] => {
    log.add('error', element.line, type, {
      code: 'ITEM_FILE_SYNTAX',
      params: { problem: fileProblemTexts[problem] },
    });
    return [];
  };
  const count = childrenOf(element, 'answer').length + childrenOf(element, 'subquestion').length;
  if (count > maximumAnswers) return refuse('manyAnswers');
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read === undefined) {
    log.add('error', element.line, type, { code: 'ITEM_TYPE_NOT_SUPPORTED', params: { type } });
    return [];
  }
  const question = read({ element, log });
  return 'problem' in question ? refuse(question.problem) : [question];
}

/** Items of a Moodle XML text. Errors carry the line of the question, or the line where the XML breaks. */
export function readMoodleXml(source: string, request: ForeignRequest): ImportedItems {
  const log = createLineLog(request.fileName);
  const refuse = (line: number, problem: FileProblem): ImportedItems => {
    log.add('error', line, '', {
      code: 'ITEM_XML_REFUSED',
      params: { problem: fileProblemTexts[problem] },
    });
    return finishForeign([], log, request);
  };
  const xml = readXml(source);
  if (!xml.ok) return refuse(xml.line, xml.problem);
  if (xml.root.name !== 'quiz') return refuse(xml.root.line, 'xmlRoot');
  const questions = childrenOf(xml.root, 'question').flatMap((element) => readQuestion(element, log));
  return finishForeign(questions, log, request);
}
