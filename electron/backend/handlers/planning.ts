/** Sample plans as files. */
import type { planningChannels } from '@shared/contract/areas/planning';
import { planSample } from '@shared/estimation/samplePlan';
import { ok } from '@shared/domain/result';
import { samplePlanSheets } from '@shared/texts/planningTexts';
import { writeWorkbook } from '../workbooks/writeTable';
import type { AreaHandlers } from './handlerTypes';
import { shelve } from './imports';

export const planningHandlers = {
  'samplePlan/createWorkbook': async ({ title, names, question }, context) => {
    const plan = planSample(question);
    if (!plan.ok) return plan;
    const bytes = writeWorkbook(samplePlanSheets({ title, names, question, plan: plan.value }));
    return ok(shelve(context, `${title}-样本规划.xlsx`, bytes));
  },
} satisfies AreaHandlers<typeof planningChannels>;
