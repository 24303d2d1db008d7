/** Keys of the interview screens: the question's own first, then next, back, 不知道 and 拒答. */
import { onBeforeUnmount, onMounted } from 'vue';
import type { MissingReason, QuestionControl } from '../../questions/control';

export interface KeyActions {
  /** False while a dialog or another page covers the question. */
  isActive(): boolean;
  control(): QuestionControl | null;
  next(): void;
  back(): void;
  missing(reason: MissingReason): void;
  /** Letters D and R are shortcuts for the enumerator; for respondents letters choose options. */
  readonly hasLetterKeys: boolean;
}

const isTyped = (element: Element): boolean => element.matches('input, textarea, select, [contenteditable]');
const isNumeric = (element: Element): boolean => element.matches('[data-numeric]');
/** A button that is not part of the answer keeps its own meaning of Enter. */
const ownsEnter = (element: Element): boolean =>
  element.closest('button, a, select, summary') !== null && element.closest('.q-option, .cell') === null;

function missingReason(key: string, hasLetterKeys: boolean): MissingReason | null {
  if (key === '0') return 'dontKnow';
  if (!hasLetterKeys) return null;
  return ({ d: 'dontKnow', r: 'refused' } as const)[key.toLowerCase() as 'd' | 'r'] ?? null;
}

function onEnter(event: KeyboardEvent, element: Element, actions: KeyActions): boolean {
  if (ownsEnter(element)) return false;
  if (event.shiftKey && element.matches('textarea')) return false;
  if (!event.repeat) actions.next();
  return true;
}

function onMissing(key: string, actions: KeyActions): boolean {
  const reason = missingReason(key, actions.hasLetterKeys);
  if (reason !== null) actions.missing(reason);
  return reason !== null;
}

function onKey(event: KeyboardEvent, element: Element, actions: KeyActions): boolean {
  if (event.key === 'Enter') return onEnter(event, element, actions);
  if (isNumeric(element)) return event.key !== '0' && onMissing(event.key, actions);
  if (isTyped(element)) return false;
  if (actions.control()?.press(event.key) === true) return true;
  if (event.key === 'Backspace' || event.key === 'ArrowLeft') {
    actions.back();
    return true;
  }
  return onMissing(event.key, actions);
}

export function useKeyboard(actions: KeyActions): void {
  function listen(event: KeyboardEvent): void {
    const isPlain = !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isPlain || !actions.isActive()) return;
    const element = event.target instanceof Element ? event.target : document.body;
    if (onKey(event, element, actions)) event.preventDefault();
  }
  onMounted(() => document.addEventListener('keydown', listen));
  onBeforeUnmount(() => document.removeEventListener('keydown', listen));
}
