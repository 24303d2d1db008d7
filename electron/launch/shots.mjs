/**
 * `npm run -s shots -- DIR [--items]`: pictures of every screen from a fresh demo survey, taken in Chromium; with
 * `--items` only of the kinds of test items.
 */
import { join, resolve } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, projectNode, root, run } from './prepare.mjs';

const folder = process.argv[2];
if (folder === undefined || folder.startsWith('--')) {
  process.stdout.write('用法：npm run -s shots -- 目录 [--items]\n');
  process.exit(folder === '--help' ? 0 : 2);
}
ensureInstalled();
ensureBuilt();
const node = projectNode();
if (node === null || !ensureChromium()) process.exit(1);
// The walk is TypeScript shared with the end-to-end tests.
process.exit(
  run(node, [
    join(root, 'electron', 'launch', 'runTypeScript.mjs'),
    join(root, 'tests', 'support', 'e2e', 'shots.ts'),
    resolve(folder),
    ...process.argv.slice(3),
  ]),
);
