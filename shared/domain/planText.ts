/**
 * Finding a plan's evidence in its source text: which clause a passage belongs to, and where a quotation stands.
 * Used by the clause drawer and by the test that checks every extracted fact against its text.
 */
import type { PlanEvidence } from './plan';

export interface TextSpan {
  /** Offset of the first character. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
}

const chapterHeading = /^([一二三四五六七八九十]+)、/;
const sectionHeading = /^[（(]([一二三四五六七八九十]+)[）)]/;
const itemHeading = /^(\d{1,2})[.．](?!\d)/;

interface ClausePath {
  readonly chapter: string;
  readonly section: string;
  readonly item: string;
}

function enterLine(path: ClausePath, line: string): ClausePath {
  const chapter = chapterHeading.exec(line)?.[1];
  if (chapter !== undefined) return { chapter, section: '', item: '' };
  if (path.chapter === '') return path;
  const section = sectionHeading.exec(line)?.[1];
  if (section !== undefined) return { ...path, section: `(${section})`, item: '' };
  const item = itemHeading.exec(line)?.[1];
  return item === undefined ? path : { ...path, item };
}

/**
 * The clause at an offset of a plan text, as `三(三)2`; empty before the first chapter.
 * Headings are read at line starts: `三、`, `（三）`, `2.`, indentation ignored.
 */
export function clauseAt(text: string, offset: number): string {
  let path: ClausePath = { chapter: '', section: '', item: '' };
  let lineStart = 0;
  for (const line of text.split('\n')) {
    if (lineStart > offset) break;
    path = enterLine(path, line.trim());
    lineStart += line.length + 1;
  }
  return path.chapter + path.section + path.item;
}

/**
 * Where the evidence stands: the first literal occurrence of its quotation inside its clause.
 * Null when there is no quotation or it is not found there.
 */
export function locateEvidence(text: string, evidence: PlanEvidence): TextSpan | null {
  const { clause, quotation } = evidence;
  if (quotation === null) return null;
  for (let start = text.indexOf(quotation); start !== -1; start = text.indexOf(quotation, start + 1)) {
    if (clause === null || clauseAt(text, start) === clause) return { start, end: start + quotation.length };
  }
  return null;
}
