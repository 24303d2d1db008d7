/** What respondents did with each item of a form: right or not, and which option they chose. */
import { scoreItem, type ItemScore } from '../assessment/scoring';
import type { BankItem } from '../assessment/bank';
import { falseKey, trueKey } from '../assessment/itemCodes';
import { ok, type Result } from '../domain/result';
import type { ItemOption, OptionRole } from '../psychometrics/options';
import type { Answer } from '../questions/answer';
import type { OptionBasis } from '../results/itemAnalysisResults';
import { optionRoleTexts } from '../texts/itemAnalysisTexts';
import type { AnalysedRow } from './analysisInput';

export interface ItemResponses {
  readonly item: BankItem;
  readonly basis: OptionBasis;
  readonly options: readonly (ItemOption & { readonly text: string })[];
  /** Position in `options` per respondent. */
  readonly chosen: Int8Array;
  /** 1 right, 0 not right. */
  readonly right: Uint8Array;
}

const missingRoles = ['dontKnow', 'refused', 'blank'] as const satisfies readonly OptionRole[];

function basisOf(
  item: BankItem,
  answers: readonly (Answer | undefined)[],
  showsContent: boolean,
): OptionBasis {
  if (!showsContent) return 'restricted';
  if (item.type !== 'tf' && item.type !== 'single' && item.type !== 'chart') return 'composite';
  return answers.some((answer) => answer?.kind === 'number') ? 'scoredBefore' : 'choices';
}

function ownOptions(item: BankItem): readonly { readonly code: string; readonly text: string }[] {
  if (item.type === 'tf') return [trueKey, falseKey].map((code) => ({ code, text: code }));
  return (item.options ?? []).map(({ id, text }) => ({ code: id, text }));
}

function optionsOf(item: BankItem, basis: OptionBasis): ItemResponses['options'] {
  const named = (role: OptionRole): ItemResponses['options'][number] => ({
    code: role,
    role,
    text: optionRoleTexts[role],
  });
  const real =
    basis === 'choices'
      ? ownOptions(item).map((option) => ({
          ...option,
          role: item.key.includes(option.code) ? ('key' as const) : ('distractor' as const),
        }))
      : [named('key'), named('distractor')];
  return [...real, ...missingRoles.map(named)];
}

/** Code of the option that was chosen; null for an answer that is no choice. */
function choiceOf(answer: Answer | undefined): string | null {
  if (answer?.kind === 'single') return answer.code;
  if (answer?.kind === 'trueFalse') return answer.value ? trueKey : falseKey;
  return null;
}

/** Code under which the answer is counted. */
function codeOf(status: ItemScore['status'], answer: Answer | undefined, basis: OptionBasis): string {
  if (status !== 'right' && status !== 'wrong') return status;
  const rightOrWrong: OptionRole = status === 'right' ? 'key' : 'distractor';
  return basis === 'choices' ? (choiceOf(answer) ?? rightOrWrong) : rightOrWrong;
}

/**
 * One item as answered by all rows. Items whose content may not be shown come without options and keys.
 * Failures: those of `scoreItem`.
 */
export function itemResponses(
  item: BankItem,
  rows: readonly AnalysedRow[],
  showsContent: boolean,
): Result<ItemResponses> {
  const answers = rows.map((row) => row.respondent.answers[item.id]);
  const basis = basisOf(item, answers, showsContent);
  const options = optionsOf(item, basis);
  const positions = new Map(options.map(({ code }, position) => [code, position]));
  const chosen = new Int8Array(rows.length);
  const right = new Uint8Array(rows.length);
  for (const [person, answer] of answers.entries()) {
    const scored = scoreItem(item, answer);
    if (!scored.ok) return scored;
    const { status } = scored.value;
    right[person] = status === 'right' ? 1 : 0;
    chosen[person] = positions.get(codeOf(status, answer, basis)) ?? -1;
  }
  return ok({ item, basis, options, chosen, right });
}
