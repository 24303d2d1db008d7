/** The command line as a function: words in, exit code out. The only place that turns outcomes into output. */
import { fail } from '@shared/domain/result';
import { applicationVersion } from '@shared/domain/version';
import { storageFailure } from '../backend/database/failures';
import type { Command, Surroundings } from './command';
import { bankCommand } from './commands/bank';
import { calibrateCommand } from './commands/calibrate';
import { demoCommand } from './commands/demo';
import { estimateCommand } from './commands/estimate';
import { federateCommand } from './commands/federate';
import { importCommand } from './commands/import';
import { reportCommand } from './commands/report';
import { scoreCommand } from './commands/score';
import type { Outcome } from './outcome';
import { exitCodes, refusedBy } from './outcome';

export const commands: readonly Command[] = [
  demoCommand,
  importCommand,
  scoreCommand,
  estimateCommand,
  reportCommand,
  federateCommand,
  bankCommand,
  calibrateCommand,
];

const overview = (): string =>
  [
    `知衡 ${applicationVersion} 命令行`,
    '  npm run -s zhiheng -- <命令> [选项]',
    '',
    '命令：',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    '',
    '各命令的选项：npm run -s zhiheng -- <命令> --help',
    '',
  ].join('\n');

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';

/** Whatever a command throws becomes a sentence; a cancelled one says so. */
async function execute(
  command: Command,
  words: readonly string[],
  surroundings: Surroundings,
): Promise<Outcome> {
  try {
    const outcome = await command.execute(words, surroundings);
    if (outcome.ok || !surroundings.terminal.signal.aborted) return outcome;
    return refusedBy(fail('CANCELLED').failure);
  } catch (error) {
    return refusedBy(storageFailure(error) ?? fail('INTERNAL_ERROR').failure);
  }
}

function exitCodeOf(outcome: Outcome): number {
  if (outcome.ok) return exitCodes.done;
  return outcome.kind === 'wrongUsage' ? exitCodes.wrongUsage : exitCodes.refused;
}

function documentOf(outcome: Outcome): object {
  if (outcome.ok) return { ok: true, ...outcome.document };
  const { failure, message, document = {} } = outcome;
  return { ok: false, failure, message, ...document };
}

const clearLine = '\r\u001b[2K';

function present(outcome: Outcome, isJson: boolean, { terminal }: Surroundings): void {
  if (terminal.isWatched) terminal.err(clearLine);
  if (isJson) terminal.out(`${JSON.stringify(documentOf(outcome), null, 2)}\n`);
  else if (outcome.text !== undefined) terminal.out(outcome.text);
  if (!outcome.ok) terminal.err(`${outcome.message}\n`);
}

/** Runs one command line and returns the exit code of the process. */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  const [name, ...rest] = words;
  if (isHelp(name)) {
    terminal.out(overview());
    return exitCodes.done;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    terminal.err(
      `${name === undefined ? '缺少命令。' : `没有命令“${name.slice(0, 40)}”。`}\n\n${overview()}`,
    );
    return exitCodes.wrongUsage;
  }
  if (rest.some(isHelp)) {
    terminal.out(command.help);
    return exitCodes.done;
  }
  const isJson = rest.includes('--json');
  const outcome = await execute(command, rest, surroundings);
  present(outcome, isJson, surroundings);
  if (!outcome.ok && outcome.kind === 'wrongUsage' && !isJson)
    terminal.err(`用法：npm run -s zhiheng -- ${command.name} --help\n`);
  return exitCodeOf(outcome);
}

/** Exit code and sentence for something thrown outside a command. */
export function unexpectedEnd(): { readonly exitCode: number; readonly message: string } {
  return { exitCode: exitCodes.refused, message: refusedBy(fail('INTERNAL_ERROR').failure).message };
}
