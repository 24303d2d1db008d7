/**
 * `npm run -s bench [-- --quick | --r | coverage | psychometrics]`: times the estimation engine, simulates how often its
 * intervals cover, or times calibration and scoring of items. Plain TypeScript on the project's own Node; no build needed.
 */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root, run } from './prepare.mjs';

const [task, ...rest] = process.argv.slice(2);
if (task === '--help') {
  process.stdout.write(
    '用法：npm run -s bench                  估计引擎计时（3 万至 100 万行，逐项核对参考值）\n' +
      '      npm run -s bench -- --quick       只计 30 万行\n' +
      '      npm run -s bench -- --r           另计本机 R survey 的时间并给出倍数（约 40 分钟）\n' +
      '      npm run -s bench -- coverage      区间覆盖率模拟\n' +
      '      npm run -s bench -- psychometrics 项目反应理论计时和参数还原\n',
  );
  process.exit(0);
}
ensureInstalled();
const node = projectNode();
if (node === null) {
  process.stderr.write('需要 Node 22.12 或更高版本，且未能随依赖安装自带版本。\n');
  process.exit(1);
}
const others = { coverage: 'coverage.ts', psychometrics: 'psychometrics.ts' };
const other = others[task];
process.exit(
  run(node, [
    join(root, 'electron', 'launch', 'runTypeScript.mjs'),
    join(root, 'tests', 'benchmarks', other ?? 'bench.ts'),
    ...(other !== undefined || task === undefined ? rest : [task, ...rest]),
  ]),
);
