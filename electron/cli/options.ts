/** Options of a command: declared once, read with types, refused in Chinese, printed as help. */
import { step, wrongUsage } from './outcome';
import type { Step } from './outcome';

/** What stood on the command line: text, or true for an option without a value. */
type Given = string | true | undefined;

export interface Option<T> {
  /** Name of the value in the help; null for a switch. */
  readonly placeholder: string | null;
  readonly help: string;
  readonly read: (given: Given, name: string) => Step<T>;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type Values<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

const withoutValue = (name: string): Step<never> => wrongUsage(`--${name} 后面要写一个值。`);

export const requiredText = (placeholder: string, help: string): Option<string> => ({
  placeholder,
  help: `${help}（必填）`,
  read: (given, name) => {
    if (given === undefined) return wrongUsage(`缺少 --${name} ${placeholder}。`);
    return given === true ? withoutValue(name) : step(given);
  },
});

export const optionalText = (placeholder: string, help: string): Option<string | null> => ({
  placeholder,
  help,
  read: (given, name) => (given === true ? withoutValue(name) : step(given ?? null)),
});

export interface IntegerRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
}

export const integer = (placeholder: string, help: string, range: IntegerRange): Option<number> => ({
  placeholder,
  help: `${help}（${range.minimum}–${range.maximum}，默认 ${range.fallback}）`,
  read: (given, name) => {
    if (given === undefined) return step(range.fallback);
    const value = given === true || !/^\d{1,15}$/.test(given) ? Number.NaN : Number(given);
    return value >= range.minimum && value <= range.maximum
      ? step(value)
      : wrongUsage(`--${name} 应是 ${range.minimum} 到 ${range.maximum} 之间的整数。`);
  },
});

export const choice = <const T extends string>(help: string, choices: readonly [T, ...T[]]): Option<T> => ({
  placeholder: choices.join('|'),
  help: `${help}（默认 ${choices[0]}）`,
  read: (given, name) => {
    if (given === undefined) return step(choices[0]);
    const chosen = choices.find((each) => each === given);
    return chosen === undefined ? wrongUsage(`--${name} 只能是 ${choices.join('、')}。`) : step(chosen);
  },
});

export const flag = (help: string): Option<boolean> => ({
  placeholder: null,
  help,
  read: (given, name) =>
    typeof given === 'string' ? wrongUsage(`--${name} 后面不能写值。`) : step(given === true),
});

/** One option as written: its value joined by `=`, in the next word, or none. */
function readWord(
  word: string,
  next: string | undefined,
  table: OptionTable,
): { readonly name: string; readonly value: string | true; readonly usedNext: boolean } | null {
  const [, name = '', joined] = /^--([a-z][a-z-]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) return null;
  if (joined !== undefined) return { name, value: joined, usedNext: false };
  const hasValue = option.placeholder !== null && next !== undefined && !next.startsWith('--');
  return hasValue ? { name, value: next, usedNext: true } : { name, value: true, usedNext: false };
}

/** Splits words into options; a word that belongs to no known option is refused. */
function splitWords(words: readonly string[], table: OptionTable): Step<ReadonlyMap<string, string | true>> {
  const given = new Map<string, string | true>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const option = readWord(word, words[at + 1], table);
    if (option === null) return wrongUsage(`不认识“${word.slice(0, 80)}”。`);
    if (given.has(option.name)) return wrongUsage(`--${option.name} 写了两次。`);
    given.set(option.name, option.value);
    if (option.usedNext) at += 1;
  }
  return step(given);
}

/** Values of all options of the table. */
export function readOptions<O extends OptionTable>(words: readonly string[], table: O): Step<Values<O>> {
  const given = splitWords(words, table);
  if (!given.ok) return given;
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const value = option.read(given.value.get(name), name);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  // Every key of the table was read by the option that stands under it.
  return step(values as Values<O>);
}

/** Words before the first option name files. */
export function leadingFiles(words: readonly string[]): {
  readonly files: readonly string[];
  readonly rest: readonly string[];
} {
  const end = words.findIndex((word) => word.startsWith('--'));
  return end < 0 ? { files: words, rest: [] } : { files: words.slice(0, end), rest: words.slice(end) };
}

/** One line per option, aligned. */
export function optionLines(table: OptionTable): readonly string[] {
  const entries = Object.entries(table).map(([name, { placeholder, help }]) => ({
    left: `--${name}${placeholder === null ? '' : ` ${placeholder}`}`,
    help,
  }));
  const width = Math.min(
    28,
    entries.reduce((most, { left }) => Math.max(most, left.length), 0),
  );
  return entries.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`);
}
