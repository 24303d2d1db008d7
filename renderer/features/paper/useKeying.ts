/**
 * Keying one paper by keyboard alone: the line in hand, what was keyed, which lines apply, and a queue that saves every
 * committed line in order. A line that breaks a rule asks for a second Enter and is then kept as the paper has it.
 */
import { computed, ref, shallowRef } from 'vue';
import type { PaperEntryView } from '@shared/contract/areas/paper';
import type { Failure } from '@shared/domain/result';
import { coverDate, reviewCover } from '@shared/paper/coverFields';
import { isWholeEntry } from '@shared/paper/autoAdvance';
import { shownKeyed } from '@shared/paper/echo';
import { readKeyed } from '@shared/paper/keyedText';
import { reviewPaper } from '@shared/paper/paperReview';
import type { PaperReview, PaperViolation } from '@shared/paper/paperReview';
import type { Script } from '@shared/questionnaire/script';
import { paperProblemText } from '@shared/texts/paperEntryTexts';
import { call } from '../../api/client';
import type { PaperField } from './paperFields';

export interface KeyingSetup {
  readonly entry: PaperEntryView;
  readonly fields: readonly PaperField[];
  readonly script: Script;
}

type Keyed = ReadonlyMap<string, string>;

/** Enter right after a line went on by itself is habit, not an empty answer. */
const habitMs = 400;

/** Stands for the date while the cover has none; only ages depend on it. */
const someDay = { year: 2026, month: 1, day: 1 };

interface Checked {
  readonly review: PaperReview;
  readonly violations: readonly PaperViolation[];
}

function check({ fields, script }: KeyingSetup, keyed: Keyed): Checked {
  const review = reviewPaper(script, keyed, coverDate(keyed) ?? someDay);
  const cover = fields.filter(({ label }) => label === '').map(({ question }) => question);
  // A cover field that is still empty is not yet a fault.
  const ofCover = reviewCover(cover, keyed).filter(({ problem }) => problem !== 'coverMissing');
  return { review, violations: [...ofCover, ...review.violations] };
}

/** Saves in order, one at a time; a failure stops the queue until it is retried. */
function useSaving(entryId: string) {
  const failure = ref<Failure | null>(null);
  const waiting = ref<{ fieldId: string; keyed: string; strokes: number }[]>([]);
  const savedAt = ref<string | null>(null);
  let running: Promise<void> | null = null;

  async function send(): Promise<void> {
    failure.value = null;
    for (let [next] = waiting.value; next !== undefined; [next] = waiting.value) {
      const reply = await call('paper/updateField', { entryId, ...next });
      if (!reply.ok) {
        failure.value = reply.failure;
        return;
      }
      savedAt.value = reply.value.savedAt;
      waiting.value = waiting.value.slice(1);
    }
  }
  /** Resolves once everything is saved or a failure stopped it. */
  function run(): Promise<void> {
    running ??= send().finally(() => (running = null));
    return running;
  }
  function add(fieldId: string, keyed: string, strokes: number): void {
    waiting.value = [...waiting.value, { fieldId, keyed, strokes }];
    if (failure.value === null) void run();
  }
  return { failure, waiting, savedAt, add, run };
}

/** What was keyed so far and what follows from it. */
function useKeyedFields(setup: KeyingSetup) {
  const keyed = shallowRef<Keyed>(new Map(Object.entries(setup.entry.keyed)));
  const visited = shallowRef<ReadonlySet<string>>(new Set(Object.keys(setup.entry.keyed)));
  const checked = computed(() => check(setup, keyed.value));
  const inactive = computed(
    () =>
      new Set(
        checked.value.review.state.steps.flatMap(({ step, status }) =>
          status === 'inactive' ? [step.id] : [],
        ),
      ),
  );
  const problems = computed(
    () => new Map(checked.value.violations.map((found) => [found.fieldId, paperProblemText(found)])),
  );
  const textOf = (id: string): string => keyed.value.get(id) ?? '';

  /** What would be wrong with a line; '' when nothing is. */
  function problemWith(id: string, text: string): string {
    const after = check(setup, new Map([...keyed.value, [id, text]]));
    const found = after.violations.find(({ fieldId }) => fieldId === id);
    return found === undefined ? '' : paperProblemText(found);
  }
  /** Takes the text of a line; false when it stood there already. */
  function put(id: string, text: string): boolean {
    const isNew = !visited.value.has(id) || textOf(id) !== text;
    visited.value = new Set([...visited.value, id]);
    if (isNew) keyed.value = new Map([...keyed.value, [id, text]]);
    return isNew;
  }
  return { keyed, visited, inactive, problems, textOf, problemWith, put };
}

export function useKeying(setup: KeyingSetup) {
  const { entry, fields } = setup;
  const own = useKeyedFields(setup);
  const saving = useSaving(entry.entryId);
  const current = ref(0);
  const draft = ref('');
  const warning = ref('');
  let strokes = 0;
  let wentOnAt = -habitMs;

  const isAtEnd = computed(() => current.value >= fields.length);
  function goTo(index: number): void {
    current.value = Math.min(Math.max(index, 0), fields.length);
    const field = fields[current.value];
    draft.value = field === undefined ? '' : shownKeyed(field.question, own.textOf(field.id));
    warning.value = '';
    strokes = 0;
  }
  /** The next line from `start` that applies and fits; the end when there is none. */
  function nextFrom(start: number, fits: (id: string) => boolean = () => true): number {
    const next = fields.findIndex(
      ({ id }, place) => place >= start && !own.inactive.value.has(id) && fits(id),
    );
    return next === -1 ? fields.length : next;
  }
  function commit(): void {
    const field = fields[current.value];
    if (field === undefined) return;
    const { text } = readKeyed(field.question, draft.value);
    const problem = warning.value === '' ? own.problemWith(field.id, text) : '';
    if (problem !== '') {
      warning.value = problem;
      return;
    }
    if (own.put(field.id, text)) saving.add(field.id, text, strokes);
    goTo(nextFrom(current.value + 1));
  }
  /** Takes what stands in the field now; a complete code of a line not keyed before goes on by itself. */
  function type(text: string): void {
    if (text !== draft.value) strokes += 1;
    draft.value = text;
    warning.value = '';
    const field = fields[current.value];
    const isFirstTime = field !== undefined && !own.visited.value.has(field.id);
    if (!isFirstTime || !isWholeEntry(field.question, text)) return;
    commit();
    wentOnAt = performance.now();
  }
  function enter(): void {
    strokes += 1;
    const isHabit = draft.value === '' && performance.now() - wentOnAt < habitMs;
    if (!isHabit) commit();
  }
  goTo(nextFrom(0, (id) => !own.visited.value.has(id)));

  return {
    ...own,
    ...{ current, draft, warning, isAtEnd, saving, type, enter, goTo },
    back: () => goTo(current.value - 1),
    forward: () => goTo(current.value + 1),
    revert: () => goTo(current.value),
  };
}
export type Keying = ReturnType<typeof useKeying>;
