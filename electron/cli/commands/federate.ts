/** `federate`: a county's signed sums instead of its answers, and a city's estimates from several counties' sums. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { singlePsuRule } from '@shared/domain/survey';
import { cityCellVariables } from '@shared/federation/exportSurvey';
import type { CityCellVariable } from '@shared/federation/exportSurvey';
import type { CombineOptions } from '@shared/federation/combinePackages';
import type { CountyPackage } from '@shared/federation/countyPackage';
import { settledMargins } from '@shared/analysis/sampleDesign';
import type { HostContext } from '../../backend/context';
import {
  combineOpened,
  createCountyFile,
  openPackages,
  usualCombination,
  usualMinimumCellCount,
} from '../../backend/federation/federate';
import type { OpenedPackage } from '../../backend/federation/signedPackage';
import { checkSigners, signers as signersSchema } from '../../backend/federation/signers';
import type { Signers } from '../../backend/federation/signers';
import { loadMargins } from '../../backend/usecases/estimateSurvey';
import type { Command, Surroundings } from '../command';
import { defineCommand, temporaryFolderNote } from '../command';
import { readJsonFile, readTableFile, requireWritable, writeOutputs } from '../files';
import { federatedText } from '../federatedText';
import { choice, flag, integer, leadingFiles, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refuse, refusedBy, step, stepOf, wrongUsage } from '../outcome';
import { defaultSettingsNote } from '../settings';
import { readOrCreateKey } from '../signingKeyFile';
import { createMarginSurvey, loadSurvey, marginOptions, surveyOptions } from '../surveyData';
import { createProgress } from '../terminal';
import { withTemporaryHost } from '../withHost';

function cellsOf(text: string | null): Step<readonly CityCellVariable[]> {
  const words = (text ?? '').split(',').filter((word) => word !== '');
  const known = cityCellVariables.filter((variable) => words.includes(variable));
  return known.length === words.length
    ? step(known)
    : wrongUsage(`--city-cells 只能是 ${cityCellVariables.join('、')}，用逗号分开。`);
}

const exportCommand = defineCommand({
  name: 'federate export',
  summary: '由本县答卷表生成签名的汇总包：每个初级单元的加权合计，不含任何个人答案',
  options: {
    ...surveyOptions,
    ...marginOptions,
    county: optionalText('CODE', '本县的行政区划代码（默认调查设置中的地区）'),
    out: requiredText('FILE', '写出的汇总包'),
    key: requiredText('FILE', '本县的签名密钥文件；不存在时新建，请妥善保管'),
    'city-cells': optionalText('VARS', '由市里统一校准时的变量：sex,ageBand,education,residence'),
    minimum: integer('N', '一个合计至少代表几个人', {
      minimum: 1,
      maximum: 100,
      fallback: usualMinimumCellCount,
    }),
    force: flag('允许覆盖已有文件'),
  },
  notes: [
    '初级单元只编号，不写名称。不足 --minimum 人的分组不导出，并列出名称；整个单元不足时拒绝导出。',
    '给了 --margins 时按本县边际校准；要由市里校准时不给 --margins，改用 --city-cells。',
    '首次使用请把输出的密钥指纹用电话告诉市里。',
    defaultSettingsNote,
    temporaryFolderNote,
  ],
  examples: ['--plan suzhou --county 320506 --data 答卷.xlsx --key 本县.key --out 吴中区.zhtotals'],
  async run(values, surroundings) {
    const writable = requireWritable([values.out], values.force);
    if (!writable.ok) return writable;
    const cityCells = cellsOf(values['city-cells']);
    if (!cityCells.ok) return cityCells;
    if (cityCells.value.length > 0 && values.margins !== null)
      return wrongUsage('由市里统一校准（--city-cells）时不给 --margins。');
    const progress = createProgress(surroundings.terminal);
    return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
      const loaded = await loadSurvey(context, values, progress, cityCells.value.length === 0);
      if (!loaded.ok) return loaded;
      const { surveyId } = loaded.value;
      const key = readOrCreateKey(values.key);
      if (!key.ok) return key;
      const { county, minimum } = values;
      const request = { surveyId, county, cityCells: cityCells.value, minimumCellCount: minimum };
      const created = createCountyFile(context, request, key.value.key);
      if (!created.ok) return refusedBy(created.failure);
      const { bytes, fingerprint, content } = created.value;
      const written = writeOutputs([{ path: values.out, bytes }], values.force);
      if (!written.ok) return written;
      const [file = ''] = written.value;
      const { withheld, county: own } = content;
      return done(
        { file, county: own, fingerprint, keyCreated: key.value.isNew, withheld },
        `${own.name}汇总包：${file}\n密钥指纹：${fingerprint}${key.value.isNew ? '（新建的密钥）' : ''}\n` +
          `因人数过少没有导出的分组：${withheld.length === 0 ? '无' : `${withheld.length} 个`}\n`,
      );
    });
  },
});

function readSignerFile(path: string | null): Step<Signers> {
  if (path === null || !existsSync(path)) return step({});
  const json = readJsonFile(path);
  if (!json.ok) return json;
  const parsed = signersSchema.safeParse(json.value);
  return parsed.success ? step(parsed.data) : refuse('SIGNERS_NOT_VALID', { file: basename(path) });
}

function readPackages(names: readonly string[]): Step<readonly OpenedPackage[]> {
  const files: { name: string; bytes: Buffer }[] = [];
  for (const name of names) {
    const bytes = readTableFile(name);
    if (!bytes.ok) return bytes;
    files.push({ name: basename(name), bytes: bytes.value });
  }
  return stepOf(openPackages(files));
}

/** The register with newly confirmed signers; refused while one is unknown or has another key. */
function trusted(
  opened: readonly OpenedPackage[],
  path: string | null,
  accept: string | null,
): Step<Signers> {
  const known = readSignerFile(path);
  if (!known.ok) return known;
  const confirmed = (accept ?? '').split(',').map((word) => word.trim());
  return stepOf(checkSigners(known.value, opened, confirmed));
}

function writeSignerFile(path: string | null, known: Signers): Step<unknown> {
  if (path === null) return step(null);
  return writeOutputs([{ path, bytes: Buffer.from(`${JSON.stringify(known, null, 2)}\n`) }], true);
}

async function cityMargins(
  context: HostContext,
  first: CountyPackage,
  path: string | null,
): Promise<Step<CombineOptions['margins']>> {
  if (path === null) return step([]);
  const created = await createMarginSurvey(context, first.survey.planId, path);
  if (!created.ok) return created;
  return step(settledMargins(loadMargins(context, created.value)?.margins ?? []));
}

const combineOptions = {
  margins: optionalText('FILE', '全市边际总体表，用于统一校准'),
  signers: optionalText('FILE', '已登记的各县密钥指纹（JSON）；确认的新指纹写回这里'),
  accept: optionalText('FINGERPRINTS', '已用电话核对、准予登记的指纹，用逗号分开'),
  'single-psu': choice(
    '一层只有一个初级单元时',
    singlePsuRule.options as ['fail', ...typeof singlePsuRule.options],
  ),
  'minimum-n': integer('N', '公布所需的最少人数', { minimum: 1, maximum: 1000, fallback: 30 }),
  'minimum-psus': integer('N', '公布所需的最少初级单元', { minimum: 1, maximum: 100, fallback: 3 }),
};

const combineFilesCommand = (files: readonly string[]): Command =>
  defineCommand({
    name: 'federate combine',
    summary: '把各县的汇总包合成全市估计，结果与合并全部答卷相同',
    options: combineOptions,
    notes: [
      '文件写在最前面：federate combine 甲县.zhtotals 乙县.zhtotals --accept "指纹,指纹"。',
      '任何一个包损坏、签名不符、签名人未登记或设置不同，都整体拒绝，不会只合一部分。',
    ],
    examples: ['吴中区.zhtotals 昆山市.zhtotals --signers 各县指纹.json --json'],
    async run(values, surroundings: Surroundings) {
      if (files.length === 0) return wrongUsage('请写出要汇总的文件。');
      const opened = readPackages(files);
      if (!opened.ok) return opened;
      const [first] = opened.value;
      if (first === undefined) return wrongUsage('请写出要汇总的文件。');
      const signed = trusted(opened.value, values.signers, values.accept);
      if (!signed.ok) return signed;
      return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
        const margins = await cityMargins(context, first.content, values.margins);
        if (!margins.ok) return margins;
        const results = combineOpened(opened.value, {
          ...usualCombination,
          margins: margins.value,
          singlePsuRule: values['single-psu'],
          thresholds: { minimumRespondents: values['minimum-n'], minimumPsus: values['minimum-psus'] },
        });
        if (!results.ok) return refusedBy(results.failure);
        const written = writeSignerFile(values.signers, signed.value);
        if (!written.ok) return written;
        return done(results.value, federatedText(results.value));
      });
    },
  });

const help = (): string => `${exportCommand.help}\n${combineFilesCommand([]).help}`;

export const federateCommand: Command = {
  name: 'federate',
  summary: '分县汇总：export 生成签名的汇总包，combine 合成全市估计',
  help: help(),
  async execute(words, surroundings) {
    const [action, ...rest] = words;
    if (action === 'export') return exportCommand.execute(rest, surroundings);
    if (action !== 'combine') return wrongUsage('federate 后面写 export 或 combine。');
    const { files, rest: options } = leadingFiles(rest);
    return combineFilesCommand(files).execute(options, surroundings);
  },
};
