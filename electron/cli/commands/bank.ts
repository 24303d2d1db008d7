/** `bank`: the item bank's commands under one name. */
import { bankAnchorsCommand } from '../bank/bankAnchors';
import { bankAssembleCommand } from '../bank/bankAssemble';
import { bankCheckCommand } from '../bank/bankCheck';
import { bankExportCommand } from '../bank/bankExport';
import { bankImportCommand } from '../bank/bankImport';
import { bankJudgeCommand } from '../bank/bankJudge';
import { bankInspectCommand } from '../bank/bankInspect';
import { bankOpenCommand } from '../bank/bankOpen';
import { bankPrintCommand } from '../bank/bankPrint';
import { bankSealCommand } from '../bank/bankSeal';
import { bankTemplateCommand } from '../bank/bankTemplate';
import type { Command } from '../command';
import { leadingFiles } from '../options';
import { wrongUsage } from '../outcome';

const subcommands: readonly Command[] = [
  bankCheckCommand,
  bankAssembleCommand,
  bankJudgeCommand,
  bankAnchorsCommand,
  bankTemplateCommand,
  bankImportCommand,
  bankExportCommand,
  bankPrintCommand,
  bankSealCommand,
  bankOpenCommand([]),
  bankInspectCommand,
];
const names = subcommands.map(({ name }) => name.split(' ')[1] ?? '');

/** `judge FILE` is short for `judge --form FILE`. */
function withNamedFile(name: string, [first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return rest;
  return name === 'judge' && !first.startsWith('--') ? ['--form', first, ...rest] : [first, ...rest];
}

export const bankCommand: Command = {
  name: 'bank',
  summary: `题库：${names.join('、')}（检查、组平行卷、预判试卷、锚题、模板、导入、导出、打印、封存、打开、查看封存文件）`,
  help: subcommands.map(({ help }) => help).join('\n'),
  async execute([name = '', ...words], surroundings) {
    const command = subcommands[names.indexOf(name)];
    if (name === 'open') {
      const { files, rest } = leadingFiles(words);
      return bankOpenCommand(files).execute(rest, surroundings);
    }
    if (command === undefined) return wrongUsage(`bank 后面应写 ${names.join('、')} 之一。`);
    return command.execute(withNamedFile(name, words), surroundings);
  },
};
