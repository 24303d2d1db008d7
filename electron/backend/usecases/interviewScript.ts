/** The script of an interview or a paper form of a survey: its definition and modules around the items of the form. */
import { questionOfItem } from '@shared/assessment/itemQuestion';
import { publicItem } from '@shared/assessment/publicItem';
import type { Survey } from '@shared/domain/survey';
import type { Script, ScriptInput } from '@shared/questionnaire/script';
import { buildScript } from '@shared/questionnaire/script';
import type { HostContext } from '../context';
import type { StoredForm } from './storedForm';

/** Public questions only: nothing of a key can reach a script. */
export function scriptOf(
  context: HostContext,
  survey: Survey,
  stored: StoredForm,
  asked: Pick<ScriptInput, 'mode' | 'seed' | 'onPaper'>,
): Script {
  const byId = new Map(stored.items.map((item) => [item.id, item]));
  const formQuestions = stored.form.entries.flatMap((entry) => {
    const item = byId.get(entry.itemId);
    return item === undefined ? [] : [questionOfItem(publicItem(item), entry.blockId)];
  });
  return buildScript({
    definition: context.registry.questionnaire,
    modules: survey.settings.modules,
    formQuestions,
    ...asked,
  });
}
