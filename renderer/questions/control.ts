/** What the interview screens ask of a question's component, whatever its kind. */
import type { Answer } from '@shared/questions/answer';
import { blankAnswer, validateAnswer } from '@shared/questions/registry';
import type { Question } from '@shared/questions/kinds';

/** How the question is laid out: decided by the mode of the interview and the size of the letters. */
export interface QuestionLook {
  /** Respondents see letters, enumerators the digit they press. */
  readonly marks: 'letters' | 'numbers';
  /** One statement at a time instead of a grid. */
  readonly stepwise: boolean;
  /** Element that names the answer area for screen readers. */
  readonly headingId: string;
}

export type MissingReason = Extract<Answer, { kind: 'missing' }>['reason'];

/** 不知道, 拒答 or 不适用 for the whole question; the same again takes it back. */
export function toggledMissing(
  question: Question,
  draft: Answer | null,
  reason: MissingReason,
): Answer | null {
  const isSet = draft?.kind === 'missing' && draft.reason === reason;
  return isSet ? blankAnswer(question) : { kind: 'missing', reason };
}

/** Exposed by every question component. Each function says whether it used what it was given. */
export interface QuestionControl {
  /** A key pressed while no field has the focus, in the spelling of `KeyboardEvent.key`. */
  press(key: string): boolean;
  /** Enter or 下一题: moves inside the question when a part of it is still open. */
  advance(): boolean;
  /** Back or 上一题: moves inside the question when an earlier part was shown. */
  retreat(): boolean;
  /** Puts the cursor where typing starts; false when the question is not typed. */
  focusField(): boolean;
  /** 不知道 or 拒答 for the part that is being asked; false when it means the whole question. */
  missing(reason: MissingReason): boolean;
  /** What `missing` has recorded for that part. */
  currentMissing(): MissingReason | null;
}

const idle = (): boolean => false;

/** The control of a kind that only needs some of the functions. */
export const controlOf = (own: Partial<QuestionControl>): QuestionControl => ({
  press: idle,
  advance: idle,
  retreat: idle,
  focusField: idle,
  missing: idle,
  currentMissing: () => null,
  ...own,
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const markOf = (look: QuestionLook, index: number): string =>
  look.marks === 'letters' ? (letters[index] ?? String(index + 1)) : String(index + 1);

/** Position a key stands for: 1–9 always, A–F where the options show letters; null for every other key. */
export function positionOf(look: QuestionLook, key: string): number | null {
  if (/^[1-9]$/.test(key)) return Number(key) - 1;
  if (look.marks === 'letters' && /^[a-fA-F]$/.test(key)) return letters.indexOf(key.toUpperCase());
  return null;
}

export const stepOfArrow = (key: string): number =>
  ({ ArrowDown: 1, ArrowUp: -1 })[key as 'ArrowDown' | 'ArrowUp'] ?? 0;

/** Reason code when the answer is not acceptable as it stands, with its parameters; null when it is. */
export function problemOf(
  question: Question,
  answer: Answer | null,
): { readonly reason: string; readonly params: Readonly<Record<string, string | number>> } | null {
  if (answer === null) return { reason: 'required', params: {} };
  const result = validateAnswer(question, answer);
  if (result.ok) return null;
  return { reason: String(result.failure.params['reason']), params: result.failure.params };
}
