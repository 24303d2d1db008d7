/** What the product ships: plans, regions, instruments, bank, questionnaire. */
import type { registryChannels } from '@shared/contract/areas/registry';
import { ancestryOf } from '@shared/domain/region';
import type { Region } from '@shared/domain/region';
import { fail, ok } from '@shared/domain/result';
import { moduleIds } from '@shared/domain/survey';
import { moduleLabels } from '@shared/texts/labels';
import type { HostContext } from '../context';
import { findPlan } from '../registry/registry';
import { currentBank } from '../usecases/items/currentBank';
import { previewForm } from '../usecases/previewForm';
import type { AreaHandlers } from './handlerTypes';

const countBy = <T>(entries: readonly T[], key: (entry: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const entry of entries) counts[key(entry)] = (counts[key(entry)] ?? 0) + 1;
  return counts;
};

function isWithin(region: Region, rootCode: string, context: HostContext): boolean {
  return ancestryOf(context.registry.regions, region.code).some((each) => each.code === rootCode);
}

function modulesOf(context: HostContext) {
  const { sections } = context.registry.questionnaire;
  return moduleIds.map((id) => {
    const own = sections.flatMap((section) =>
      section.kind === 'questions' && section.moduleId === id ? [section] : [],
    );
    return {
      id,
      title: own[0]?.title ?? moduleLabels[id],
      purpose: own[0]?.purpose ?? moduleLabels[id],
      questionCount: own.reduce((sum, section) => sum + section.questions.length, 0),
    };
  });
}

export const registryHandlers = {
  'plan/list': async (_input, { registry }) => ok([...registry.plans]),
  'plan/get': async ({ planId }, context) => {
    const { registry } = context;
    const plan = findPlan(registry, planId);
    if (plan === null) return fail('NOT_FOUND', { what: 'plan' });
    const near = registry.regions.regions.filter(
      (region) =>
        isWithin(region, plan.regionCode, context) || isWithinAncestry(plan.regionCode, region.code, context),
    );
    return ok({
      plan,
      sourceText: registry.planText(plan),
      figures: registry.figures.figures.filter((figure) => figure.regionCode === plan.regionCode),
      regionNames: Object.fromEntries(near.map((region) => [region.code, region.name])),
    });
  },
  'region/list': async ({ rootCode }, context) =>
    ok(context.registry.regions.regions.filter((region) => isWithin(region, rootCode, context))),
  'instrument/list': async (_input, { registry }) => ok([...registry.instruments]),
  'bank/get': async (_input, context) => {
    const { registry } = context;
    // Quick draws of a new survey come from the public bank, whichever bank is in use.
    const { meta, items } = currentBank(context, registry.bank.meta.id).bank;
    return ok({
      id: meta.id,
      title: meta.title,
      version: meta.version,
      statusNote: meta.statusNote,
      isTrial: meta.isPublic,
      itemCount: items.length,
      countsByDimension: countBy(items, (item) => item.dimension),
      countsByType: countBy(items, (item) => item.type),
      countsByStatus: countBy(items, (item) => item.status),
      blueprints: registry.blueprints.map(({ id, title, instrumentId, itemCount }) => ({
        id,
        title,
        instrumentId,
        itemCount,
      })),
    });
  },
  'form/getPreview': async ({ blueprintId, seed }, context) => previewForm(context, blueprintId, seed),
  'questionnaire/get': async (_input, context) => {
    const { questionnaire, keyGroups } = context.registry;
    return ok({
      version: questionnaire.version,
      title: questionnaire.title,
      modules: modulesOf(context),
      keyGroups: [...keyGroups.groups],
    });
  },
} satisfies AreaHandlers<typeof registryChannels>;

/** Whether `code` lies above `regionCode` in the tree. */
function isWithinAncestry(regionCode: string, code: string, context: HostContext): boolean {
  return ancestryOf(context.registry.regions, regionCode).some((region) => region.code === code);
}
