/**
 * `npm test`: brings the project into a testable state, runs every check, fast ones first, and goes on after a
 * failure so that one run shows everything. The last line is `N passed, N failed`.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, projectNode, root, run } from './prepare.mjs';
import { addCounts, countTests, summaryLine, withExitCode } from './summary.mjs';

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm test：安装、构建，然后依次检查格式、代码规范、类型，运行单元、组件和端到端测试。\n',
  );
  process.exit(0);
}

ensureInstalled();
const node = projectNode();
if (node === null) {
  process.stderr.write('需要 Node 22.12 或更高版本，且未能随依赖安装自带版本。\n');
  process.exit(1);
}

const reports = mkdtempSync(join(tmpdir(), 'zhiheng-test-'));
const environment = {
  ...process.env,
  // Programs the tests start themselves get the project's Node too.
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  TZ: 'Asia/Shanghai',
};
const tool = (...path) => join(root, 'node_modules', ...path);

const runNode = (args) => run(node, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });

const check = (args) => () =>
  runNode(args) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

const vitest = (project) => () => {
  const report = join(reports, `${project}.json`);
  const status = runNode([
    tool('vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return withExitCode(countTests(report), status);
};

/** In a process of its own: a failed build ends it, and the other checks still run. */
const buildScript = "import { ensureBuilt } from './electron/launch/prepare.mjs'; ensureBuilt();";

const steps = [
  ['代码格式', check([tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'])],
  ['代码规范', check([tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'])],
  ['类型检查', check([tool('vue-tsc', 'bin', 'vue-tsc.js'), '-b'])],
  ['构建', check(['--input-type=module', '-e', buildScript])],
  ['单元、参考值、数据库与契约测试', vitest('node')],
  ['组件测试', vitest('web')],
  ['端到端测试', () => (ensureChromium() ? vitest('e2e')() : { passed: 0, failed: 1, skipped: 0 })],
];

let total = { passed: 0, failed: 0, skipped: 0 };
const outcomes = [];
for (const [title, runStep] of steps) {
  process.stdout.write(`\n== ${title}\n`);
  const startedAt = Date.now();
  const counts = runStep();
  total = addCounts(total, counts);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  outcomes.push(
    `${counts.failed === 0 ? '通过' : '失败'}  ${title}（${seconds} 秒）：${summaryLine(counts)}`,
  );
}

process.stdout.write(`\n${outcomes.join('\n')}\n${summaryLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
