/** `estimate SPEC.json`: runs an analysis specification on the files it names. */
import { analysisSpecSchema } from '@shared/analysisSpec/jsonSchema';
import type { AnalysisRun } from '@shared/analysisSpec/result';
import { runSpec } from '../../backend/usecases/runSpec';
import type { Surroundings } from '../command';
import { defineCommand } from '../command';
import { csvText, tableRows, type CsvValue } from '../../backend/workbooks/csvText';
import type { OutputFile } from '../files';
import { requireWritable, writeOutputs } from '../files';
import { flag, optionalText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refuse, refusedBy, step, wrongUsage } from '../outcome';
import { readSpecFile, readSpecTables } from '../specFiles';
import { specResultText } from '../specResultText';
import { createProgress } from '../terminal';

interface Choice {
  readonly spec: string | null;
  readonly 'weights-out': string | null;
  readonly 'replicates-out': string | null;
  readonly force: boolean;
}

/** What to write; refused when replicates are asked for and the specification has none of PSUs. */
function outputsOf(run: AnalysisRun, choice: Choice): Step<readonly OutputFile[]> {
  const files: OutputFile[] = [];
  const add = (path: string, rows: readonly (readonly CsvValue[])[]): void => {
    files.push({ path, bytes: Buffer.from(csvText(rows), 'utf8') });
  };
  if (choice['weights-out'] !== null) add(choice['weights-out'], tableRows(run.weights));
  const replicatesPath = choice['replicates-out'];
  if (replicatesPath === null) return step(files);
  if (run.replicates === null) return refuse('NO_REPLICATES', {});
  add(replicatesPath, [run.replicates.header, ...run.replicates.rows]);
  return step(files);
}

async function runFile(path: string, choice: Choice, surroundings: Surroundings): Promise<Outcome> {
  const outputs = [choice['weights-out'], choice['replicates-out']].filter((each) => each !== null);
  const writable = requireWritable(outputs, choice.force);
  if (!writable.ok) return writable;
  const progress = createProgress(surroundings.terminal);
  const spec = readSpecFile(path);
  if (!spec.ok) return spec;
  const tables = await readSpecTables(spec.value, path, progress);
  if (!tables.ok) return tables;
  const run = await runSpec(spec.value, tables.value, progress);
  if (!run.ok) return refusedBy(run.failure);
  const files = outputsOf(run.value, choice);
  if (!files.ok) return files;
  const written = writeOutputs(files.value, choice.force);
  if (!written.ok) return written;
  progress.end();
  const { result } = run.value;
  const document = written.value.length === 0 ? result : { ...result, written: written.value };
  return done({ ...document }, specResultText(result, written.value));
}

export const estimateSpecCommand = defineCommand({
  name: 'estimate',
  positional: { option: 'spec', placeholder: 'SPEC.json' },
  summary: '按分析规格（JSON 文件）估计：设计、加权、误差方法、统计量和比较都写在规格里',
  options: {
    spec: optionalText('FILE', '分析规格；也可直接写在命令后面'),
    'weights-out': optionalText('FILE', '写出每行各步的权数（.csv）'),
    'replicates-out': optionalText('FILE', '写出重复样本因子（.csv），可再被规格引用'),
    force: flag('允许覆盖已有文件'),
    schema: flag('输出规格的 JSON Schema'),
  },
  notes: [
    '规格里的文件路径从规格所在的文件夹算起；数据只读，不上传、不留存。',
    '--json 输出全部结果（双精度全值）及所用方法；各字段见 shared/analysisSpec/REFERENCE.md。',
  ],
  examples: ['分析.json --json', '分析.json --weights-out 权数.csv', '--schema'],
  async run(values, surroundings) {
    if (values.schema) {
      const schema = analysisSpecSchema();
      return done({ schema }, `${JSON.stringify(schema, null, 2)}\n`);
    }
    return values.spec === null ? wrongUsage('缺少 SPEC.json。') : runFile(values.spec, values, surroundings);
  },
});
