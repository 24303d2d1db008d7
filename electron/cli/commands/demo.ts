/** `demo`: a generated survey as the files a real one would come in. */
import { join } from 'node:path';
import type { Plan } from '@shared/domain/plan';
import type { SurveySettings } from '@shared/domain/survey';
import type { DemoSurvey } from '@shared/demo/generateDemo';
import { educationTexts, residenceTexts, sexTexts } from '@shared/importing/categoryTexts';
import type { ImportContext } from '@shared/importing/context';
import { marginVariableLabels } from '@shared/importing/margins';
import type { MarginVariable } from '@shared/importing/margins';
import type { SheetRows } from '@shared/importing/table';
import { recordsToRows } from '@shared/importing/templateColumns';
import type { HostContext } from '../../backend/context';
import { findPlan } from '../../backend/registry/registry';
import { demoSettings, generatePlanDemo } from '../../backend/usecases/createDemoSurvey';
import { createSurvey } from '../../backend/usecases/createSurvey';
import { importPlace } from '../../backend/usecases/importContext';
import { writeWorkbook } from '../../backend/workbooks/writeTable';
import { defineCommand } from '../command';
import type { OutputFile } from '../files';
import { requireWritable, writeOutputs } from '../files';
import { flag, integer, requiredText } from '../options';
import type { Step } from '../outcome';
import { done, refuse, refusedBy, step, wrongUsage } from '../outcome';
import { demoMark } from '../settings';
import { createProgress, heed } from '../terminal';
import { withTemporaryHost } from '../withHost';

const names = {
  answers: `${demoMark}-答卷.xlsx`,
  margins: `${demoMark}-边际总体.xlsx`,
  settings: `${demoMark}-调查设置.json`,
  readme: `${demoMark}-说明.txt`,
} as const;

interface Recipe {
  readonly plan: Plan;
  readonly respondents: number;
  readonly seed: number;
}

interface Generated extends Recipe {
  readonly settings: SurveySettings;
  readonly demo: DemoSurvey;
  readonly importContext: ImportContext;
}

function generate(context: HostContext, recipe: Recipe): Step<Generated> {
  const { plan, respondents, seed } = recipe;
  const settings = demoSettings(context.registry, plan);
  const created = createSurvey(context, settings, { isDemo: true });
  if (!created.ok) return refusedBy(created.failure);
  const place = importPlace(context, created.value);
  if (!place.ok) return refusedBy(place.failure);
  const { stored, importContext } = place.value;
  const demo = generatePlanDemo(context.registry, settings, stored.items, { respondents, seed });
  if (demo.ok) return step({ ...recipe, settings, demo: demo.value, importContext });
  const plans = Object.keys(context.registry.demo.plans).join('、');
  return refuse('NO_DEMO', { plan: plan.id, plans });
}

const completesOf = ({ demo }: Generated): number =>
  demo.records.filter(({ disposition }) => disposition === 'complete').length;

const noteLines = (generated: Generated): readonly string[] => [
  `${demoMark}：由程序生成，不是真实调查结果，不得引用，不得与真实数据混用。`,
  `规划：${generated.plan.title}（${generated.plan.id}）。调查：${generated.settings.name}。`,
  `种子 ${generated.seed}；样本 ${generated.demo.records.length} 个，其中完成 ${completesOf(generated)} 个。`,
  '人口、能力、应答率等参数全部为虚构；边际总体由生成的人口计算，不是统计资料。',
  '同一规划、样本量和种子每次生成的内容相同。',
];

const noteSheet = (generated: Generated): SheetRows => ({
  name: `${demoMark}说明`,
  rows: noteLines(generated).map((line) => [line]),
  widths: [100],
});

const categoryTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: sexTexts,
  education: educationTexts,
  residence: residenceTexts,
};

function marginSheet({ demo }: Generated): SheetRows {
  const lines = demo.margins.flatMap(({ variables, cells }) => {
    const [variable = ''] = variables;
    const label = marginVariableLabels[variable as MarginVariable];
    return cells.map(({ categories, total }) => {
      const [category = ''] = categories;
      return [label, categoryTexts[variable]?.[category] ?? category, total];
    });
  });
  return {
    name: `边际总体（${demoMark}）`,
    rows: [['变量', '类别', '人数'], ...lines],
    widths: [18, 24, 16],
  };
}

function readmeText(generated: Generated): string {
  const { plan } = generated;
  const call = 'npm run -s zhiheng --';
  const inputs = `--plan ${plan.id} --data ${names.answers} --margins ${names.margins}`;
  return [
    ...noteLines(generated),
    '',
    `${names.answers}  每个样本一行，含没有完成的样本；可直接导入知衡。`,
    `${names.margins}  校准权数用的总体人数。`,
    `${names.settings}  调查设置，可用于 --settings。`,
    '',
    `报告：${call} report ${inputs} --out ${demoMark}-报告.xlsx`,
    `估计：${call} estimate ${inputs} --json`,
    '',
  ].join('\r\n');
}

function filesOf(generated: Generated, folder: string): readonly OutputFile[] {
  const { demo, importContext, settings } = generated;
  const rows = recordsToRows(
    demo.records.map((record) => ({ record, itemMarks: null })),
    importContext,
  );
  const answers = writeWorkbook([{ name: `答卷（${demoMark}）`, rows }, noteSheet(generated)]);
  const margins = writeWorkbook([marginSheet(generated), noteSheet(generated)]);
  const file = (name: string, bytes: Uint8Array): OutputFile => ({ path: join(folder, name), bytes });
  return [
    file(names.answers, answers),
    file(names.margins, margins),
    file(names.settings, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`)),
    file(names.readme, Buffer.from(`\uFEFF${readmeText(generated)}`)),
  ];
}

export const demoCommand = defineCommand({
  name: 'demo',
  summary: `生成一份调查的${demoMark}：答卷表、边际总体、调查设置、说明`,
  options: {
    plan: requiredText('ID', '规划：suzhou、yangzhou、kunshan、huaiyin、liaocheng'),
    n: integer('N', '完成的答卷约数；未完成的样本另加', { minimum: 200, maximum: 20_000, fallback: 4000 }),
    seed: integer('S', '随机种子', { minimum: 0, maximum: 2_147_483_647, fallback: 20251 }),
    out: requiredText('DIR', '写入的文件夹，没有时新建'),
    force: flag('允许覆盖已有的同名文件'),
  },
  notes: [
    '同样的规划、样本量和种子总是生成同样的内容。',
    `文件名、工作表名和调查名称都标明${demoMark}，用它们算出的结果和报告也会标明。`,
  ],
  examples: ['--plan suzhou --n 4000 --seed 1 --out 演示'],
  async run(values, surroundings) {
    const progress = createProgress(surroundings.terminal);
    const writable = requireWritable(
      Object.values(names).map((name) => join(values.out, name)),
      values.force,
    );
    if (!writable.ok) return writable;
    progress.report('generating', 0.1);
    const generated = await withTemporaryHost(surroundings, async (context): Promise<Step<Generated>> => {
      const plan = findPlan(context.registry, values.plan);
      if (plan === null) {
        const plans = Object.keys(context.registry.demo.plans).join('、');
        return wrongUsage(`没有规划“${values.plan.slice(0, 40)}”。可用：${plans}。`);
      }
      return generate(context, { plan, respondents: values.n, seed: values.seed });
    });
    if (!generated.ok) return generated;
    progress.report('writing', 0.7);
    const files = filesOf(generated.value, values.out);
    const heeded = await heed(surroundings.terminal);
    if (!heeded.ok) return heeded;
    const written = writeOutputs(files, values.force);
    if (!written.ok) return written;
    const cases = generated.value.demo.records.length;
    const completes = completesOf(generated.value);
    return done(
      { isDemo: true, planId: values.plan, seed: values.seed, cases, completes, files: written.value },
      `已生成${demoMark}：样本 ${cases} 个，完成 ${completes} 个。\n${written.value.map((file) => `  ${file}\n`).join('')}`,
    );
  },
});
