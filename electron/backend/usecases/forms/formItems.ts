/** The items of a form in their order, as a screen may see them. */
import type { BankItem } from '@shared/assessment/bank';
import type { Form } from '@shared/assessment/form';
import type { FormItem } from '@shared/contract/areas/forms';
import type { HostContext } from '../../context';
import { findBank } from '../items/currentBank';
import { keepsBank } from '../items/itemViews';

/**
 * Keys are given out of a public bank only, and to the roles that keep it: of a private bank they are read on the page
 * of the item, where every view is recorded.
 */
const mayShowKeys = (context: HostContext, bankId: string): boolean =>
  keepsBank(context) && findBank(context, bankId)?.bank.meta.isPublic === true;

/** Items the form names and `items` does not hold are left out. */
export function formItemsView(
  context: HostContext,
  form: Form,
  { items, anchorIds }: { readonly items: readonly BankItem[]; readonly anchorIds: readonly string[] },
): FormItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const hasKeys = mayShowKeys(context, form.bankId);
  return form.entries.flatMap(({ itemId, itemVersion, position }) => {
    const item = byId.get(itemId);
    if (item === undefined) return [];
    return [
      {
        position,
        itemId,
        version: itemVersion,
        stem: item.stem,
        dimension: item.dimension,
        benchmark: item.benchmark.no,
        type: item.type,
        cognitive: item.cognitive ?? null,
        expectedShare: item.difficulty.p_prior,
        isAnchor: anchorIds.includes(itemId),
        key: hasKeys ? item.key : null,
      },
    ];
  });
}
