/**
 * A strict reader of the XML that quiz systems export (XML 1.0, Bray et al. 2008, without DTD). DOCTYPE, entity
 * definitions and processing instructions are refused, not skipped; of entities only the five predefined ones and
 * character references are read. One pass, bounded depth: a hostile file costs no more than its length.
 */
import type { FileProblem } from '../../texts/itemTableTexts';
import { maximumCharacters } from './limits';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, CDATA included. */
  readonly text: string;
  /** 1-based line of the start tag. */
  readonly line: number;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly line: number; readonly problem: FileProblem };

const maximumDepth = 60;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly line: number;
  readonly text: string[];
}

/** Stops the walk; caught where it starts. */
class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
  constructor(readonly problem: FileProblem) {
    super(problem);
  }
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Characters XML 1.0 allows (production 2). */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

function referenced(name: string): string {
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  if (isCharacter(code)) return String.fromCodePoint(code);
  const text = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
  if (text === undefined) throw new XmlProblem('xmlEntity');
  return text;
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&<\s]{0,20})(;?)/g, (_, name: string, end: string) => {
    if (end === '') throw new XmlProblem('xmlEntity');
    return referenced(name);
  });
}

const namePattern = /^[\p{L}_][\p{L}\p{N}_.:-]{0,99}$/u;

/** Name and attributes of the inside of a start tag. */
function readTag(inside: string): Pick<Open, 'name' | 'attributes'> {
  const [name = ''] = /^[^\s/=<>]*/.exec(inside) ?? [];
  if (!namePattern.test(name)) throw new XmlProblem('xmlTag');
  const attributes: Record<string, string> = {};
  const pattern = /\s+([^\s=<>"'/]{1,100})\s*=\s*("[^"<]*"|'[^'<]*')/gy;
  pattern.lastIndex = name.length;
  let end = name.length;
  for (let match = pattern.exec(inside); match !== null; match = pattern.exec(inside)) {
    const [, key = '', quoted = ''] = match;
    if (!namePattern.test(key) || Object.hasOwn(attributes, key)) throw new XmlProblem('xmlTag');
    attributes[key] = decode(quoted.slice(1, -1));
    end = pattern.lastIndex;
  }
  if (inside.slice(end).trim() !== '') throw new XmlProblem('xmlTag');
  return { name, attributes };
}

/** End of a start tag that begins at `from`, quotes respected. */
function tagEnd(source: string, from: number): number {
  let quote = '';
  for (let at = from; at < source.length; at += 1) {
    const mark = source[at] ?? '';
    if (quote !== '') quote = mark === quote ? '' : quote;
    else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '>') return at;
    else if (mark === '<') break;
  }
  throw new XmlProblem('xmlTag');
}

class Walk {
  readonly #source: string;
  readonly #open: Open[] = [];
  #root: XmlElement | null = null;
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  get line(): number {
    return this.#line;
  }

  /** Moves on, counting lines. */
  #moveTo(end: number): void {
    for (let at = this.#at; at < end; at += 1) if (this.#source[at] === '\n') this.#line += 1;
    this.#at = end;
  }

  /** Past the next `mark`; the text before it. */
  #upTo(mark: string, from: number): string {
    const end = this.#source.indexOf(mark, from);
    if (end < 0) throw new XmlProblem('xmlTag');
    const text = this.#source.slice(from, end);
    this.#moveTo(end + mark.length);
    return text;
  }

  #addText(text: string): void {
    const inner = this.#open.at(-1);
    if (inner !== undefined) inner.text.push(text);
    else if (text.trim() !== '') throw new XmlProblem('xmlText');
  }

  #finish(open: Open): void {
    const { text, ...rest } = open;
    const element: XmlElement = { ...rest, text: text.join('') };
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else this.#root = element;
  }

  #endTag(): void {
    const name = this.#upTo('>', this.#at + 2).trim();
    const open = this.#open.pop();
    if (open?.name !== name) throw new XmlProblem('xmlClosing');
    this.#finish(open);
  }

  #startTag(): void {
    if (this.#open.length === 0 && this.#root !== null) throw new XmlProblem('xmlText');
    if (this.#open.length >= maximumDepth) throw new XmlProblem('xmlDepth');
    const end = tagEnd(this.#source, this.#at + 1);
    const inside = this.#source.slice(this.#at + 1, end);
    const isEmpty = inside.endsWith('/');
    const tag = readTag(isEmpty ? inside.slice(0, -1) : inside);
    const open: Open = { ...tag, children: [], line: this.#line, text: [] };
    this.#moveTo(end + 1);
    if (isEmpty) this.#finish(open);
    else this.#open.push(open);
  }

  #markup(): void {
    const startsWith = (mark: string): boolean => this.#source.startsWith(mark, this.#at);
    if (startsWith('<!--')) this.#upTo('-->', this.#at + 4);
    else if (startsWith('<![CDATA[')) this.#addText(this.#upTo(']]>', this.#at + 9));
    else if (startsWith('<!') || startsWith('<?')) throw new XmlProblem('xmlDoctype');
    else if (startsWith('</')) this.#endTag();
    else this.#startTag();
  }

  run(): XmlElement {
    const declaration = /^\uFEFF?\s*<\?xml\s[^<>?]{0,200}\?>/.exec(this.#source.slice(0, 400));
    this.#moveTo(declaration?.[0].length ?? (this.#source.startsWith('\uFEFF') ? 1 : 0));
    while (this.#at < this.#source.length) {
      const next = this.#source.indexOf('<', this.#at);
      const end = next < 0 ? this.#source.length : next;
      this.#addText(decode(this.#source.slice(this.#at, end)));
      this.#moveTo(end);
      if (next >= 0) this.#markup();
    }
    if (this.#open.length > 0) throw new XmlProblem('xmlClosing');
    if (this.#root === null) throw new XmlProblem('xmlText');
    return this.#root;
  }
}

/** The document's root, or the line and kind of the first problem. */
export function readXml(source: string): XmlReading {
  if (source.length > maximumCharacters) return { ok: false, line: 1, problem: 'tooLong' };
  const walk = new Walk(source);
  try {
    return { ok: true, root: walk.run() };
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    return { ok: false, line: walk.line, problem: error.problem };
  }
}
