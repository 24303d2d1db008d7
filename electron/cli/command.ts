/** A command: its options, its help and what it does. */
import type { Outcome } from './outcome';
import type { OptionTable, Values } from './options';
import { flag, optionLines, readOptions } from './options';
import type { Terminal } from './terminal';

/** What a command works with besides its options. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** Folder with `seeds` and `question-banks`. */
  readonly assetDir: string;
  readonly clock: () => Date;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  execute(words: readonly string[], surroundings: Surroundings): Promise<Outcome>;
}

interface Definition<O extends OptionTable> {
  readonly name: string;
  readonly summary: string;
  readonly options: O;
  /** A word that may stand without its `--option` before all others. */
  readonly positional?: { readonly option: keyof O & string; readonly placeholder: string };
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  run(values: Values<O>, surroundings: Surroundings): Promise<Outcome>;
}

const commonOptions = {
  json: flag('结果以 JSON 写到标准输出，供程序读取'),
  help: flag('显示本说明'),
} as const satisfies OptionTable;

const call = 'npm run -s zhiheng --';

function helpOf<O extends OptionTable>(definition: Definition<O>): string {
  const { name, summary, options, notes, examples, positional } = definition;
  return [
    `${call} ${name}${positional === undefined ? '' : ` ${positional.placeholder}`} [选项]`,
    `  ${summary}`,
    '',
    '选项：',
    ...optionLines({ ...options, ...commonOptions }),
    '',
    '说明：',
    ...notes.map((note) => `  ${note}`),
    '  退出码：0 完成；1 被拒绝（原因写在标准错误）；2 用法不对。',
    '',
    '例子：',
    ...examples.map((example) => `  ${call} ${name} ${example}`),
    '',
  ].join('\n');
}

/** Note of every command that reads answers outside a data folder. */
export const temporaryFolderNote =
  '数据在本机临时目录的加密数据库里处理，命令结束即删除；不写入知衡的数据目录，也不联网。';

export function defineCommand<O extends OptionTable>(definition: Definition<O>): Command {
  return {
    name: definition.name,
    summary: definition.summary,
    help: helpOf(definition),
    async execute(words, surroundings) {
      const { positional } = definition;
      const [first, ...rest] = words;
      const isPositional = positional !== undefined && first !== undefined && !first.startsWith('--');
      const given = isPositional ? [`--${positional.option}=${first}`, ...rest] : words;
      const values = readOptions(given, { ...definition.options, ...commonOptions });
      return values.ok ? definition.run(values.value, surroundings) : values;
    },
  };
}
