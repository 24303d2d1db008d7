/** `federate` from outside: real files of three counties, the pooled file beside them, and packages that must be refused. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { read, utils, write } from 'xlsx';
import type { FederatedResults } from '@shared/federation/federatedResults';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import type { CliRun } from '../cli/support/builtCli';
import { useBuiltCli } from '../cli/support/builtCli';

const cli = useBuiltCli();
const counties = ['320506', '320583', '320509'] as const;
const pathOf = (name: string): string => join(cli().folder, name);
const run = (...words: readonly string[]): Promise<CliRun> => cli().run(...words);

type Cells = (string | number | null)[][];

/** The rows of some counties of the demo's answer table, as a table of their own. */
function writeRows(name: string, codes: readonly string[]): void {
  const book = read(readFileSync(pathOf('demo/演示数据-答卷.xlsx')));
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new Error('no sheet');
  const cells: Cells = utils.sheet_to_json(sheet, { header: 1, defval: null });
  const [header = [], ...rows] = cells;
  const stratum = header.indexOf('层');
  const kept = rows.filter((row) => codes.includes(String(row[stratum])));
  expect(kept.length).toBeGreaterThan(50);
  const copy = utils.book_new();
  utils.book_append_sheet(copy, utils.aoa_to_sheet([header, ...kept]), '答卷');
  writeFileSync(pathOf(name), write(copy, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}

interface Told {
  readonly ok: boolean;
  readonly message?: string;
  readonly failure?: { readonly code: string };
  readonly fingerprint?: string;
  readonly withheld?: readonly string[];
}

const told = ({ out }: CliRun): Told => JSON.parse(out) as Told;

const exportCounty = (code: string, ...more: readonly string[]): Promise<CliRun> =>
  run(
    ...['federate', 'export', '--plan', 'suzhou', '--county', code, '--data', `${code}.xlsx`],
    ...['--key', `${code}.key`, '--out', `${code}.zhtotals`, '--json', ...more],
  );

const files = counties.map((code) => `${code}.zhtotals`);
const combine = (...words: readonly string[]): Promise<CliRun> =>
  run('federate', 'combine', ...words, '--json');

let fingerprints: readonly string[] = [];

beforeAll(async () => {
  const made = await run('demo', '--plan', 'suzhou', '--n', '1500', '--seed', '3', '--out', 'demo');
  expect(made.err).toBe('');
  writeRows('pooled.xlsx', counties);
  const found: string[] = [];
  for (const code of counties) {
    writeRows(`${code}.xlsx`, [code]);
    const sent = await exportCounty(code);
    expect(sent.err).toBe('');
    found.push(told(sent).fingerprint ?? '');
  }
  fingerprints = found;
}, 240_000);

function expectSameFigure(ours: Figure, theirs: Figure, name: string): void {
  expect(ours.state, name).toBe(theirs.state);
  if (ours.state !== 'shown' || theirs.state !== 'shown') return;
  for (const key of [
    'estimate',
    'standardError',
    'weightTotal',
    'designEffect',
    'effectiveSampleSize',
  ] as const) {
    const [left, right] = [ours[key] ?? 0, theirs[key] ?? 0];
    expect(Math.abs(left - right), `${name} ${key}`).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(right)));
  }
  for (const side of ['lower', 'upper'] as const)
    expect(ours.interval?.[side], `${name} ${side}`).toBeCloseTo(theirs.interval?.[side] ?? NaN, 10);
  expect([ours.respondentCount, ours.psuCount, ours.degreesOfFreedom]).toEqual([
    theirs.respondentCount,
    theirs.psuCount,
    theirs.degreesOfFreedom,
  ]);
}

describe('three counties', () => {
  it('give the figures of the pooled table, county by county and group by group', async () => {
    const combined = await combine(...files, '--accept', fingerprints.join(','));
    expect(combined.err).toBe('');
    const city = JSON.parse(combined.out) as FederatedResults;
    const estimated = await run('estimate', '--plan', 'suzhou', '--data', 'pooled.xlsx', '--json');
    const pooled = JSON.parse(estimated.out) as SurveyResults;
    expectSameFigure(city.headline.literate, pooled.headline.literate, 'headline');
    expectSameFigure(city.headline.meanScore, pooled.headline.meanScore, 'score');
    for (const county of city.counties) {
      const unit = pooled.units.find(({ regionCode }) => regionCode === county.code);
      if (unit === undefined) throw new Error('no unit');
      expectSameFigure(county.literate, unit.literate, county.name);
      expectSameFigure(county.meanScore, unit.meanScore, county.name);
    }
    for (const group of city.groups) {
      const same = pooled.groups.find(
        ({ grouping, category }) => grouping === group.grouping && category === group.category,
      );
      if (same === undefined) throw new Error('no group');
      expectSameFigure(group.literate, same.literate, group.category);
    }
    expect(city.groups.length + city.withheldGroups.length).toBe(19);
  });

  it('give the same document in whatever order they come', async () => {
    const accept = ['--accept', fingerprints.join(',')];
    const [first, second] = [
      await combine(...files, ...accept),
      await combine(...[...files].reverse(), ...accept),
    ];
    expect(second.out).toBe(first.out);
  });

  it('print a table with the counties by name', async () => {
    const printed = await run('federate', 'combine', ...files, '--accept', fingerprints.join(','));
    for (const name of ['合计', '吴中区', '昆山市', '吴江区']) expect(printed.out).toContain(name);
  });
});

describe('a package', () => {
  it('holds no case code, no PSU name and no sum over fewer persons than asked for', () => {
    const text = readFileSync(pathOf('320583.zhtotals'), 'utf8');
    expect(text).not.toMatch(/320583-\d\d/);
    const counts = [...text.matchAll(/"respondents":(\d+)/g)].map(([, count]) => Number(count));
    expect(counts.length).toBeGreaterThan(5);
    expect(counts.every((count) => count === 0 || count >= 3)).toBe(true);
  });

  it('is signed by a key that only its owner can read', () => {
    expect(statSync(pathOf('320583.key')).mode & 0o077).toBe(0);
  });

  it('is refused as a whole when a PSU is too small, and nothing is written', async () => {
    const refused = await run(
      ...['federate', 'export', '--plan', 'suzhou', '--county', '320583', '--data', '320583.xlsx'],
      ...['--key', 'x.key', '--out', 'none.zhtotals', '--minimum', '60', '--json'],
    );
    expect(told(refused).failure?.code).toBe('FEDERATION_CELLS_SMALL');
    expect(existsSync(pathOf('none.zhtotals'))).toBe(false);
  });
});

/** A copy of a package with its text changed. */
function changed(name: string, change: (text: string) => string): string {
  const before = readFileSync(pathOf('320583.zhtotals'), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(pathOf(name), after);
  return name;
}

describe('the city refuses', () => {
  const others = files.filter((file) => file !== '320583.zhtotals');
  const refusal = async (...words: readonly string[]): Promise<Told> => {
    const result = await combine(...words, '--accept', fingerprints.join(','));
    expect(result.exitCode).toBe(1);
    expect(`${result.out}${result.err}`).not.toMatch(/\n\s+at .+:\d+:\d+|TypeError|ENOENT/);
    return told(result);
  };

  it.each([
    [
      'a changed number',
      'PACKAGE_SIGNATURE_WRONG',
      (text: string) => text.replace(/"year":2025/, '"year":2026'),
    ],
    ['a cut file', 'PACKAGE_DAMAGED', (text: string) => text.slice(0, text.length / 2)],
    ['an empty file', 'PACKAGE_DAMAGED', () => ''],
    [
      'a later format',
      'PACKAGE_VERSION_UNKNOWN',
      (text: string) => text.replace(/"version":1\}?\s*$/, '"version":2}'),
    ],
    [
      'another key in place of the signer',
      'PACKAGE_SIGNATURE_WRONG',
      (text: string) => {
        const other =
          /"publicKey":"([^"]+)"/.exec(readFileSync(pathOf('320506.zhtotals'), 'utf8'))?.[1] ?? '';
        return text.replace(/"publicKey":"[^"]+"/, `"publicKey":"${other}"`);
      },
    ],
  ])('%s (%s)', async (_what, code, change) => {
    const file = changed('bad.zhtotals', change);
    const { failure, message } = await refusal(file, ...others);
    expect(failure?.code).toBe(code);
    expect(message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('one county twice, by name', async () => {
    const { failure, message } = await refusal(...files, '320583.zhtotals');
    expect(failure?.code).toBe('FEDERATION_COUNTY_TWICE');
    expect(message).toContain('昆山市');
  });

  it('an unknown signer until a person confirms the fingerprint, and another key afterwards', async () => {
    const unknown = await combine(...files);
    expect(told(unknown).failure?.code).toBe('PACKAGE_SIGNER_UNKNOWN');
    const register = ['--signers', 'signers.json'];
    expect((await combine(...files, ...register, '--accept', fingerprints.join(','))).exitCode).toBe(0);
    expect((await combine(...files, ...register)).exitCode).toBe(0);
    const impostor = await run(
      ...['federate', 'export', '--plan', 'suzhou', '--county', '320583', '--data', '320583.xlsx'],
      ...['--key', 'impostor.key', '--out', 'impostor.zhtotals', '--json'],
    );
    const accept = ['--accept', told(impostor).fingerprint ?? ''];
    const replaced = await combine('impostor.zhtotals', ...others, ...register, ...accept);
    expect(told(replaced).failure?.code).toBe('PACKAGE_SIGNER_CHANGED');
  });

  it('a county of another year, by name, saying what differs', async () => {
    const settings = JSON.parse(readFileSync(pathOf('demo/演示数据-调查设置.json'), 'utf8')) as object;
    const own = { ...settings, name: '昆山', year: 2024, weighting: { kind: 'given' } };
    writeFileSync(pathOf('2024.json'), JSON.stringify(own));
    const sent = await run(
      ...['federate', 'export', '--settings', '2024.json', '--county', '320583', '--data', '320583.xlsx'],
      ...['--key', '320583.key', '--out', '2024.zhtotals', '--json'],
    );
    expect(sent.err).toBe('');
    const { failure, message } = await refusal('2024.zhtotals', ...others);
    expect(failure?.code).toBe('FEDERATION_DIFFERS');
    expect(message).toContain('昆山市');
    expect(message).toMatch(/年份.*2024.*2025/);
  });

  it('leaves nothing behind', () => {
    expect(readdirSync(cli().folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
