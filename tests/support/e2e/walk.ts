/** Every screen of the product and how to get to it: for the screenshots and for what must hold on all of them. */
import type { Page } from 'playwright-core';
import type { FormId, InterviewId, SurveyId } from '../../../shared/domain/ids';
import type { Question, QuestionKindName } from '../../../shared/questions/kinds';
import type { Session } from './hosts';
import { value, visit } from './hosts';
import { fillIn, progressOf } from './keyboard';
import { itemFileWithError } from './itemFiles';
import { createSurvey } from './settings';
import { openKeying, openPaperReview, openPapers, openPrintPage } from './walkPaper';
import { openPractice, walkPractice } from './walkPractice';

/** Where the walk found its way: made by `prepareWalk`. */
export interface Walk {
  readonly session: Session;
  readonly demoId: SurveyId;
  /** A survey without any data. */
  readonly emptyId: SurveyId;
}

export interface Screen {
  readonly name: string;
  /** Brings the screen up, settled. */
  open(walk: Walk): Promise<void>;
}

/** Waits until nothing is being computed or loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('.el-skeleton, .spinner, .progress[role="status"]') === null &&
      document.fonts.status === 'loaded',
  );
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

async function show(session: Session, route: string, heading: string | RegExp): Promise<void> {
  await visit(session, route);
  await session.page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
  await settle(session.page);
}

/** The form of this seed has an item of every kind. */
export const everyKindSeed = 1;

/** For a session that was started with the demo survey and has just opened its verdict. */
export async function prepareWalk(session: Session): Promise<Walk> {
  await session.page.waitForURL(/\/verdict$/);
  await settle(session.page);
  const { surveys } = await value(session, 'survey/list', {});
  const demo = surveys.find(({ survey }) => survey.isDemo);
  if (demo === undefined) throw new Error('the walk needs the demo survey');
  const emptyId = await createSurvey(session, {
    formSeed: everyKindSeed,
    modules: ['information', 'interest', 'activities', 'elder'],
  });
  return { session, demoId: demo.survey.id, emptyId };
}

const planIds = ['suzhou', 'yangzhou', 'kunshan', 'huaiyin', 'liaocheng'];

const surveyPages: readonly (readonly [string, RegExp])[] = [
  ['verdict', /达标/],
  ['units', /区县|镇街/],
  ['groups', /人群/],
  ['trend', /趋势/],
  ['estimate', /估计/],
  ['analysis', /自定义分析/],
  ['interviews', /答卷/],
  ['import', /导入/],
  ['weights', /加权/],
  ['report', /报告/],
  ['combine', /分县汇总/],
  ['calibration', /标定/],
  ['settings', /设置/],
];

const wizardSteps = ['抽样', '口径', '模块', '分组', '表头', '检查'];

async function openWizardStep({ session }: Walk, step: number): Promise<void> {
  const { page } = session;
  await show(session, '/plans', /规划/);
  await show(session, '/new?plan=suzhou', /新建调查/);
  await page.locator('input[name="plan"][value="suzhou"]:checked').waitFor();
  for (let passed = 0; passed < step; passed += 1) {
    const trial = page.getByRole('checkbox', { name: /我已了解/ });
    if (passed === 2 && !(await trial.isChecked())) await trial.check();
    await page.getByRole('button', { name: /^下一步/ }).click();
    await page.getByRole('heading', { level: 2, name: `第 ${passed + 2} 步` }).waitFor();
  }
  await settle(page);
}

async function openClause({ session }: Walk): Promise<void> {
  await show(session, '/plans/suzhou', /苏州/);
  await session.page
    .getByRole('button', { name: /查看原文/ })
    .first()
    .click();
  await session.page.locator('mark').waitFor();
  await session.page.waitForTimeout(400);
}

const showItemAnalysis = ({ session, demoId }: Walk): Promise<void> =>
  show(session, `/surveys/${demoId}/item-analysis`, /试题分析/);

/** The analysis is run once and shown as stored from then on. */
async function openItemAnalysis(walk: Walk, tab: string): Promise<void> {
  await showItemAnalysis(walk);
  const { page } = walk.session;
  const start = page.getByRole('button', { name: '开始分析' });
  if (await start.isVisible()) await start.click();
  await page.locator('[aria-label="试卷概况"]').waitFor();
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await settle(page);
}

async function openStartDialog({ session, demoId }: Walk): Promise<void> {
  await show(session, `/surveys/${demoId}/interviews`, /答卷/);
  await session.page.getByRole('button', { name: '开始访问' }).first().click();
  await session.page.getByRole('dialog').waitFor();
  await session.page.waitForTimeout(400);
}

/** From another page, so that no dialog is open from before. */
async function openHandIn({ session, emptyId }: Walk, action: '交数' | '收数'): Promise<void> {
  await show(session, '/planning', /样本规划/);
  await show(session, `/surveys/${emptyId}/interviews`, /答卷/);
  await session.page.getByRole('button', { name: action, exact: true }).click();
  await session.page.getByRole('dialog').waitFor();
  await session.page.waitForTimeout(400);
}

async function openJudgedPractice({ session }: Walk): Promise<void> {
  const [first] = await openPractice(session);
  if (first === undefined) throw new Error('the practice pool has no question');
  await fillIn(session.page, first);
  await session.page.keyboard.press('Enter');
  await session.page.getByRole('region', { name: '答案和解析' }).waitFor();
}

async function openPracticeClosing({ session }: Walk): Promise<void> {
  const nothing = (): Promise<void> => Promise.resolve();
  await walkPractice(session, await openPractice(session), { answered: nothing, judged: nothing });
}

/** Two short forms, assembled once and the first of them filed. */
async function prepareForm(session: Session): Promise<FormId> {
  const [known] = await value(session, 'form/list', {});
  if (known !== undefined) return known.formId;
  const request = {
    blueprintId: 'short-2024-20',
    count: 2,
    seed: 1,
    anchors: 'bank' as const,
    excluded: [],
    forced: [],
    waiver: null,
  };
  const { set, forms } = await value(session, 'form/runAssembly', { jobId: 'walk', request });
  const [first] = forms;
  if (first === undefined) throw new Error('an assembly has forms');
  await value(session, 'form/createRecords', {
    setId: set.setId,
    forms: [{ formId: first.formId, title: '短卷甲' }],
    by: '李编辑',
  });
  return first.formId;
}

async function openAssembly({ session }: Walk): Promise<void> {
  await value(session, 'app/updateRole', { role: 'administrator' });
  await prepareForm(session);
  await session.reload();
  await show(session, '/forms', /组卷/);
  await session.page.getByRole('heading', { name: '预判' }).waitFor();
}

async function openBanks({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/banks', /题库管理/);
  await session.page.getByRole('heading', { name: '查看记录' }).waitFor();
}

/** As the statistician the walk began as, who reads the form without its keys. */
async function openForm({ session }: Walk): Promise<void> {
  await value(session, 'app/updateRole', { role: 'administrator' });
  const formId = await prepareForm(session);
  await value(session, 'app/updateRole', { role: 'statistician' });
  await session.reload();
  await session.page.getByRole('heading', { level: 1 }).first().waitFor();
  await show(session, `/forms/${formId}`, /短卷甲/);
}

/** As somebody who keeps the bank. */
async function keepBank(session: Session): Promise<void> {
  const { role } = await value(session, 'app/getStatus', {});
  if (role === 'administrator') return;
  await value(session, 'app/updateRole', { role: 'administrator' });
  await session.reload();
  await session.page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** A chart item: its form has the table of its material. */
async function openItemEdit({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/items/A1-02-ET-001', /A1-02-ET-001/);
  await session.page.getByLabel('表格内容').waitFor();
}

async function openItemExport({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/items', /题目/);
  await session.page.getByRole('button', { name: '导出题目' }).click();
  await session.page.getByRole('dialog').waitFor();
  await session.page.waitForTimeout(400);
}

async function openItemImport({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/items-import', /导入题目/);
}

async function openItemImportErrors({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/items-import', /导入题目/);
  const { page } = session;
  await session.chooseFile(itemFileWithError(), () => page.getByRole('button', { name: '选择文件' }).click());
  await page.getByText('还不能导入').waitFor();
  await settle(page);
}

/** Titles of foreign sources are quotations: the walk looks at Chinese ones. */
async function openReferences({ session }: Walk): Promise<void> {
  await keepBank(session);
  await show(session, '/references', /依据/);
  await session.page.getByLabel('按名称、单位、编号查找').fill('教科书');
  await settle(session.page);
}

async function openReference(walk: Walk): Promise<void> {
  const { page } = walk.session;
  await openReferences(walk);
  await page.getByRole('gridcell').getByRole('button').first().click();
  await page.getByRole('heading', { name: /引用它的题/ }).waitFor();
  await settle(page);
}

async function openSupersede(walk: Walk): Promise<void> {
  const { page } = walk.session;
  await openReference(walk);
  await page.getByRole('button', { name: '标为已被替代' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(400);
}

/** Screens of the workbench, in the order a newcomer meets them. */
export const workbenchScreens: readonly Screen[] = [
  { name: 'home', open: ({ session }) => show(session, '/', '首页') },
  { name: 'plans', open: ({ session }) => show(session, '/plans', /规划/) },
  ...planIds.map((planId) => ({
    name: `plan-${planId}`,
    open: ({ session }: Walk) => show(session, `/plans/${planId}`, /./),
  })),
  { name: 'plan-clause', open: openClause },
  { name: 'wizard-1-region', open: (walk) => openWizardStep(walk, 0) },
  ...wizardSteps.map((_title, index) => ({
    name: `wizard-${index + 2}`,
    open: (walk: Walk) => openWizardStep(walk, index + 1),
  })),
  ...surveyPages.map(([route, heading]) => ({
    name: `survey-${route}`,
    open: ({ session, demoId }: Walk) => show(session, `/surveys/${demoId}/${route}`, heading),
  })),
  { name: 'survey-item-analysis-new', open: showItemAnalysis },
  ...['逐题', '维度分数', '与以往比较'].map((tab) => ({
    name: `survey-item-analysis-${tab}`,
    open: (walk: Walk) => openItemAnalysis(walk, tab),
  })),
  { name: 'survey-start-interview', open: openStartDialog },
  { name: 'survey-hand-in', open: (walk: Walk) => openHandIn(walk, '交数') },
  { name: 'survey-receipt', open: (walk: Walk) => openHandIn(walk, '收数') },
  { name: 'survey-papers', open: ({ session, emptyId }) => openPapers(session, emptyId) },
  { name: 'survey-paper-print', open: ({ session, emptyId }) => openPrintPage(session, emptyId) },
  { name: 'survey-paper-keying', open: ({ session, emptyId }) => openKeying(session, emptyId) },
  { name: 'survey-paper-review', open: ({ session, emptyId }) => openPaperReview(session, emptyId) },
  {
    name: 'survey-without-data',
    open: ({ session, emptyId }) => show(session, `/surveys/${emptyId}/interviews`, /答卷/),
  },
  {
    name: 'verdict-without-data',
    open: ({ session, emptyId }) => show(session, `/surveys/${emptyId}/verdict`, /达标/),
  },
  { name: 'planning', open: ({ session }) => show(session, '/planning', /样本规划/) },
  { name: 'items', open: ({ session }) => show(session, '/items', /题目/) },
  { name: 'item', open: ({ session }) => show(session, '/items/K-11-ME-101', /K-11-ME-101/) },
  { name: 'items-export', open: openItemExport },
  { name: 'items-import', open: openItemImport },
  { name: 'items-import-errors', open: openItemImportErrors },
  { name: 'references', open: openReferences },
  { name: 'reference', open: openReference },
  { name: 'reference-superseded', open: openSupersede },
  { name: 'item-edit', open: openItemEdit },
  { name: 'practice', open: async ({ session }) => void (await openPractice(session)) },
  { name: 'practice-judged', open: openJudgedPractice },
  { name: 'practice-closing', open: openPracticeClosing },
  { name: 'banks', open: openBanks },
  { name: 'forms', open: ({ session }) => show(session, '/forms', /组卷/) },
  { name: 'forms-result', open: openAssembly },
  { name: 'form', open: openForm },
  { name: 'security', open: ({ session }) => show(session, '/security', /口令/) },
  { name: 'missing-page', open: ({ session }) => show(session, '/no/such/page', /./) },
];

export type InterviewMode = 'interviewer' | 'selfAdministered';

/** Starts an interview in the empty survey and shows its first question. */
export async function startInterview(walk: Walk, mode: InterviewMode): Promise<InterviewId> {
  const { session, emptyId } = walk;
  const view = await value(session, 'interview/create', {
    surveyId: emptyId,
    mode,
    caseCode: '',
    regionCode: null,
    residence: 'urban',
    stratum: '320508',
    psu: '320508-01',
    baseWeight: 120,
  });
  await visit(session, `/interview/${view.interviewId}`);
  await session.page.locator('#question-stem').waitFor();
  return view.interviewId;
}

export type ShownKind =
  QuestionKindName | 'textMaterial' | 'tableMaterial' | 'chartMaterial' | 'pictureMaterial';

const shownKinds = (question: Question): readonly ShownKind[] => [
  question.kind,
  ...(question.stimulus === undefined ? [] : [`${question.stimulus.kind}Material` as const]),
];

/**
 * Answers an interview to its end by keys and stops, answered, at the first question of every kind and at the
 * first with each kind of material. Resolves with everything it met.
 */
export async function walkInterview(
  walk: Walk,
  interviewId: InterviewId,
  atKind: (kind: ShownKind) => Promise<void>,
): Promise<ReadonlySet<ShownKind>> {
  const { page } = walk.session;
  const seen = new Set<ShownKind>();
  for (;;) {
    const { state, currentQuestion } = await progressOf(walk.session, interviewId);
    if (state !== 'open' || currentQuestion === null) return seen;
    const stem = page.locator('#question-stem', { hasText: currentQuestion.text });
    await stem.waitFor();
    await fillIn(page, currentQuestion);
    for (const kind of shownKinds(currentQuestion).filter((each) => !seen.has(each))) {
      seen.add(kind);
      await atKind(kind);
    }
    await page.keyboard.press('Enter');
    await stem.waitFor({ state: 'detached' });
  }
}
