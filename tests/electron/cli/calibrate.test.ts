/** `calibrate` from outside: a table of answers in, parameters, fit and flags out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulateResponses } from '../../shared/psychometrics/simulatedResponses';
import { useBuiltCli } from './support/builtCli';

const cli = useBuiltCli();
const { matrix, items } = simulateResponses({ persons: 900, items: 12, seed: 'cli' });

/** A row per person; item 12 answers at random with respect to ability. */
function writeTable(name: string): string {
  const rows = Array.from({ length: matrix.personCount }, (_, person) => {
    const answers = Array.from({ length: 12 }, (_each, item) =>
      item === 11 ? String((person * 7) % 3 === 0 ? 1 : 0) : String(matrix.values[person * 12 + item]),
    );
    return [`P${person}`, person % 2 === 0 ? '男' : '女', ...answers].join(',');
  });
  const header = ['编号', '性别', ...matrix.itemIds].join(',');
  writeFileSync(join(cli().folder, name), `\uFEFF${[header, ...rows].join('\r\n')}\r\n`);
  return name;
}

interface Document {
  readonly ok: boolean;
  readonly ignoredColumns: readonly string[];
  readonly calibration: { readonly model: string; readonly convergence: { readonly hasConverged: boolean } };
  readonly dif: readonly { readonly label: string; readonly focalCount: number }[];
  readonly items: readonly {
    readonly itemId: string;
    readonly parameters: { readonly b: number; readonly standardErrors: { readonly b: number } };
    readonly raschFit: { readonly infit: number };
    readonly flags: readonly { readonly code: string }[];
  }[];
}

describe('calibrate', () => {
  it('writes parameters with errors, fit and flags as JSON', async () => {
    const { exitCode, out } = await cli().run(
      ...['calibrate', '--responses', writeTable('作答.csv'), '--model', '2PL', '--groups', '性别', '--json'],
    );
    const document = JSON.parse(out) as Document;
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ ok: true, ignoredColumns: ['编号'] });
    expect(document.calibration).toMatchObject({ model: '2PL', convergence: { hasConverged: true } });
    expect(document.dif[0]).toMatchObject({ focalCount: 450 });
    const good = document.items.slice(0, 11);
    for (const [k, { parameters }] of good.entries()) {
      const error = Math.abs(parameters.b - (items[k]?.b ?? NaN));
      expect(error).toBeLessThan(4 * parameters.standardErrors.b);
    }
    expect(good.every(({ parameters }) => parameters.standardErrors.b > 0.03)).toBe(true);
    expect(document.items[11]?.flags.map(({ code }) => code)).toContain('F2');
  });

  it('prints readable tables without --json', async () => {
    const { exitCode, out } = await cli().run('calibrate', '--responses', writeTable('作答.csv'));
    expect(exitCode).toBe(0);
    for (const words of ['已收敛', 'KR-20', '未当作题目的列：编号、性别', 'item12', '修改或退出'])
      expect(out).toContain(words);
  });

  it('refuses a group column that is not there, by name', async () => {
    const { exitCode, err } = await cli().run(
      ...['calibrate', '--responses', writeTable('作答.csv'), '--groups', '城乡'],
    );
    expect(exitCode).toBe(1);
    expect(err).toContain('城乡');
  });
});
