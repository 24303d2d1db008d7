/** What the 组卷 page starts from: blueprints of the bank in use, anchors, and items that must rest. */
import { isShortForm } from '@shared/assessment/blueprint';
import { notExposed } from '@shared/assessment/exposure';
import type { Output } from '@shared/contract/contract';
import { exposureLimitText } from '@shared/texts/formTexts';
import type { HostContext } from '../../context';
import { findInstrument } from '../../registry/registry';
import { currentBank } from '../items/currentBank';
import { keepsBank } from '../items/itemViews';
import { exposureToday, restingItems, thisYear } from './exposure';

export function assemblySetup(context: HostContext): Output<'form/getSetup'> {
  const current = currentBank(context);
  const { meta, items } = current.bank;
  const overview = exposureToday(context, 1);
  const byId = new Map(items.map((item) => [item.id, item]));
  const anchors = new Set(items.filter(({ anchor }) => anchor?.is_anchor === true).map(({ id }) => id));
  return {
    bank: {
      id: meta.id,
      title: meta.title,
      isPublic: meta.isPublic,
      keysClosed: current.keys === 'closed',
    },
    mayAssemble: keepsBank(context),
    blueprints: current.blueprints.flatMap((blueprint) => {
      const instrument = findInstrument(context.registry, blueprint.instrumentId);
      if (instrument === null) return [];
      return [
        {
          id: blueprint.id,
          title: blueprint.title,
          itemCount: blueprint.itemCount,
          instrumentTitle: instrument.shortTitle,
          producesRate: !isShortForm(blueprint, instrument),
          hasAnchors: blueprint.anchors !== undefined,
        },
      ];
    }),
    markedAnchorCount: anchors.size,
    items: items.map(({ id, stem }) => ({ itemId: id, stem })),
    exposure: {
      year: thisYear(context),
      formCount: overview.formCount,
      resting: restingItems(overview, new Set()).flatMap((itemId) => {
        const item = byId.get(itemId);
        const state = overview.items.get(itemId) ?? notExposed;
        const texts = state.limits.map((limit) => exposureLimitText(limit, state, overview.allowedForms));
        return item === undefined ? [] : [{ itemId, stem: item.stem, texts }];
      }),
    },
  };
}
