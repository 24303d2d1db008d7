/** `estimate SPEC.json` from outside: what it writes, what it refuses and where it says the mistake is. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { utils, write } from 'xlsx';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import { useBuiltCli, type CliRun } from './support/builtCli';

const cli = useBuiltCli();
const pathOf = (name: string): string => join(cli().folder, name);
const run = (...words: readonly string[]): Promise<CliRun> => cli().run(...words);

const base = {
  formatVersion: 1,
  title: '两层样本',
  files: { sample: { path: 'sample.csv' } },
  data: { file: 'sample' },
  design: { stages: [{ units: 'psu', strata: 'h' }], weights: { kind: 'column', column: 'w' } },
  analyses: [
    { kind: 'estimates', id: 'mean', statistic: 'mean', outcomes: [{ kind: 'column', column: 'y' }] },
  ],
};
const rows = [
  ['h', 'psu', 'w', 'y'],
  ...['a', 'b'].flatMap((h, i) =>
    [1, 2, 3].flatMap((psu) => [1, 2].map((k) => [h, `${h}${psu}`, 10 + i * 5, psu * k + i])),
  ),
];
const writeSpec = (name: string, spec: object): string => {
  writeFileSync(pathOf(name), JSON.stringify(spec));
  return name;
};
const resultOf = ({ out }: CliRun): AnalysisResult => JSON.parse(out) as AnalysisResult;
const told = ({ out }: CliRun) =>
  JSON.parse(out) as { message: string; failure: { code: string; params: Record<string, string> } };

beforeAll(() => {
  writeFileSync(pathOf('sample.csv'), rows.map((row) => row.join(',')).join('\n'));
  writeSpec('base.json', base);
});

describe('a specification that runs', () => {
  it('is read with the options in any order, as a table for a person and as JSON for a program', async () => {
    const text = await run('estimate', 'base.json');
    expect(text).toMatchObject({ exitCode: 0, err: '' });
    expect(text.out).toContain('层 2 个，初级单元 6 个，自由度 4。');
    expect(text.out).toMatch(/变量 +分组 +估计 +标准误/);
    const [first, second] = [
      await run('estimate', 'base.json', '--json'),
      await run('estimate', '--json', 'base.json'),
    ];
    expect(second.out).toBe(first.out);
    // (10 x 18 + 15 x 24) / (6 x 10 + 6 x 15) by hand
    expect(resultOf(first).analyses[0]).toMatchObject({
      lines: [{ estimate: 540 / 150, respondentCount: 12 }],
    });
  });

  it('reads a worksheet as it reads a CSV', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['别的']]), '说明');
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '数据');
    writeFileSync(pathOf('sample.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    writeSpec('sheet.json', { ...base, files: { sample: { path: 'sample.xlsx', sheet: '数据' } } });
    const [sheet, csv] = [
      await run('estimate', 'sheet.json', '--json'),
      await run('estimate', 'base.json', '--json'),
    ];
    expect(sheet.out).toBe(csv.out);
  });

  it('writes weights and replicates, which give the same errors when they are read back', async () => {
    const drawn = {
      ...base,
      variance: { method: 'replicates', source: { kind: 'subbootstrap', count: 40, seed: 7 } },
    };
    writeSpec('drawn.json', drawn);
    const outputs = ['--weights-out', 'w.csv', '--replicates-out', 'r.csv'] as const;
    const first = await run('estimate', 'drawn.json', '--json', ...outputs);
    expect(first.exitCode).toBe(0);
    expect(readFileSync(pathOf('w.csv'), 'utf8')).toContain('row,baseWeight,finalWeight\r\n1,10,10\r\n');
    const again = await run('estimate', 'drawn.json', '--json', ...outputs);
    expect(told(again).failure.code).toBe('OUTPUT_EXISTS');
    writeSpec('read.json', {
      ...drawn,
      files: { ...base.files, replicates: { path: 'r.csv' } },
      variance: { method: 'replicates', source: { kind: 'exported', file: 'replicates' } },
    });
    const second = await run('estimate', 'read.json', '--json');
    const errorOf = ({ analyses: [answer] }: AnalysisResult): number => {
      const line = answer?.kind === 'estimates' ? answer.lines[0] : undefined;
      return line?.status === 'estimated' ? (line.standardError ?? NaN) : NaN;
    };
    expect(errorOf(resultOf(first))).toBeGreaterThan(0);
    expect(errorOf(resultOf(second))).toBeCloseTo(errorOf(resultOf(first)), 12);
  });

  it('prints the format as JSON Schema', async () => {
    const { out, exitCode } = await run('estimate', '--schema');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { formatVersion: { const: 1 } } });
  });
});

describe('a specification that does not fit', () => {
  it.each([
    ['an unknown field', { ...base, weight: 'w' }, ['SPEC_INVALID', '根', '不认识 "weight"']],
    [
      'a misspelt statistic',
      { ...base, analyses: [{ ...base.analyses[0], statistic: 'average' }] },
      ['SPEC_INVALID', 'analyses[0].statistic', '只能是 "total"、"mean"、"proportion"、"ratio"'],
    ],
    [
      'an unknown kind of analysis',
      { ...base, analyses: [{ ...base.analyses[0], kind: 'estimate' }] },
      ['SPEC_INVALID', 'analyses[0].kind', '"estimates"'],
    ],
    [
      'a missing field',
      { ...base, design: { stages: [] } },
      ['SPEC_INVALID', 'design.weights', '缺少这一项'],
    ],
    [
      'a column the data do not have',
      { ...base, design: { ...base.design, weights: { kind: 'column', column: 'weight' } } },
      ['SPEC_COLUMN_MISSING', 'design.weights.column', '现有：h、psu、w、y'],
    ],
    [
      'a text where a number is needed',
      { ...base, analyses: [{ ...base.analyses[0], outcomes: [{ kind: 'column', column: 'h' }] }] },
      ['SPEC_NOT_NUMERIC', 'analyses[0].outcomes[0].column', '第 1 行的“a”不是数'],
    ],
  ])('with %s is refused at its place', async (_what, spec, [code, path = '', words]) => {
    writeSpec('bad.json', spec);
    const answer = await run('estimate', 'bad.json', '--json');
    expect(answer.exitCode).toBe(1);
    const { failure, message } = told(answer);
    expect(failure).toMatchObject({ code, params: { path } });
    expect(message).toContain(words);
    expect(message).toContain(path);
  });

  it('names a file that is not there, and one that is no JSON', async () => {
    expect(told(await run('estimate', 'nowhere.json', '--json')).failure.code).toBe('INPUT_NOT_FOUND');
    writeFileSync(pathOf('text.json'), 'mean of y, please');
    expect(told(await run('estimate', 'text.json', '--json')).failure.code).toBe('SPEC_INVALID');
    writeSpec('lost.json', { ...base, files: { sample: { path: 'lost.csv' } } });
    const lost = told(await run('estimate', 'lost.json', '--json'));
    expect(lost.message).toContain('lost.csv');
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = readdirSync(cli().folder).sort();
    await run('estimate', 'base.json', '--replicates-out', 'none.csv', '--weights-out', 'none-w.csv');
    expect(readdirSync(cli().folder).sort()).toEqual(before);
  });
});

describe('the specification of a survey', () => {
  it('is written beside its data and gives the results of the survey', async () => {
    const made = await run('demo', '--plan', 'huaiyin', '--n', '400', '--seed', '3', '--out', 'demo');
    expect(made.exitCode).toBe(0);
    const inputs = [
      '--plan',
      'huaiyin',
      '--data',
      'demo/演示数据-答卷.xlsx',
      '--margins',
      'demo/演示数据-边际总体.xlsx',
    ];
    const survey = await run('estimate', ...inputs, '--json', '--spec-out', 'spec');
    expect(survey.exitCode).toBe(0);
    expect(existsSync(pathOf('spec/SPEC.json')) && existsSync(pathOf('spec/answers.csv'))).toBe(true);
    const batch = resultOf(await run('estimate', 'spec/SPEC.json', '--json'));
    const { headline } = JSON.parse(survey.out) as {
      headline: { literate: { estimate: number; standardError: number; interval: { lower: number } } };
    };
    const answer = batch.analyses.find(({ id }) => id === 'literate');
    const line = answer?.kind === 'estimates' ? answer.lines[0] : undefined;
    if (line?.status !== 'estimated') throw new Error('no headline');
    expect(line.estimate / headline.literate.estimate).toBeCloseTo(1, 12);
    expect((line.standardError ?? NaN) / headline.literate.standardError).toBeCloseTo(1, 12);
    expect((line.intervals[0]?.lower ?? NaN) / headline.literate.interval.lower).toBeCloseTo(1, 12);
    const again = await run('estimate', ...inputs, '--json', '--spec-out', 'spec');
    expect(told(again).failure.code).toBe('OUTPUT_EXISTS');
  });
});
