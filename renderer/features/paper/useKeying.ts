/**
 * Keying one paper by keyboard alone: the line in hand, what was keyed, which lines apply, and a queue that saves every
 * committed line in order. A line that breaks a rule asks for a second Enter and is then kept as the paper has it.
 */
import { computed, ref, shallowRef } from 'vue';
import type { PaperEntryView } from '@shared/contract/areas/paper';
import type { Failure } from '@shared/domain/result';
import { coverDate, reviewCover } from '@shared/paper/coverFields';
import { isWholeEntry } from '@shared/paper/autoAdvance';
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
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    failure.value = null;
    for (let [next] = waiting.value; next !== undefined; [next] = waiting.value) {
      const reply = await call('paper/updateField', { entryId, ...next });
      if (!reply.ok) {
        failure.value = reply.failure;
        break;
      }
      savedAt.value = reply.value.savedAt;
      waiting.value = waiting.value.slice(1);
    }
    isRunning = false;
  }
  function add(fieldId: string, keyed: string, strokes: number): void {
    waiting.value = [...waiting.value, { fieldId, keyed, strokes }];
    if (failure.value === null) void run();
  }
  return { failure, waiting, savedAt, add, retry: run };
}

export function useKeying(setup: KeyingSetup) {
  const { entry, fields } = setup;
  const keyed = shallowRef<Keyed>(new Map(Object.entries(entry.keyed)));
  const visited = shallowRef<ReadonlySet<string>>(new Set(Object.keys(entry.keyed)));
  const current = ref(0);
  const draft = ref('');
  const warning = ref('');
  const saving = useSaving(entry.entryId);
  let strokes = 0;

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
  const isAtEnd = computed(() => current.value >= fields.length);
  const textOf = (id: string): string => keyed.value.get(id) ?? '';

  function goTo(index: number): void {
    current.value = Math.min(Math.max(index, 0), fields.length);
    const field = fields[current.value];
    draft.value = field === undefined ? '' : textOf(field.id);
    warning.value = '';
    strokes = 0;
  }
  /** The next line that applies; the end when there is none. */
  function following(index: number): number {
    const next = fields.findIndex((field, place) => place > index && !inactive.value.has(field.id));
    return next === -1 ? fields.length : next;
  }
  const resumeAt = (): number => {
    const open = fields.findIndex(({ id }) => !visited.value.has(id) && !inactive.value.has(id));
    return open === -1 ? fields.length : open;
  };

  /** What would be wrong with the line; '' when nothing is. */
  function problemWith(field: PaperField, text: string): string {
    const after = check(setup, new Map([...keyed.value, [field.id, text]]));
    const found = after.violations.find(({ fieldId }) => fieldId === field.id);
    return found === undefined ? '' : paperProblemText(found);
  }
  function commit(): void {
    const field = fields[current.value];
    if (field === undefined) return;
    const { text } = readKeyed(field.question, draft.value);
    const problem = problemWith(field, text);
    if (problem !== '' && warning.value === '') {
      warning.value = problem;
      return;
    }
    const isNew = !visited.value.has(field.id) || textOf(field.id) !== text;
    visited.value = new Set([...visited.value, field.id]);
    if (isNew) {
      keyed.value = new Map([...keyed.value, [field.id, text]]);
      saving.add(field.id, text, strokes);
    }
    goTo(following(current.value));
  }
  /** Takes what stands in the field now; a complete code of a line not keyed before goes on by itself. */
  function type(text: string): void {
    if (text !== draft.value) strokes += 1;
    draft.value = text;
    warning.value = '';
    const field = fields[current.value];
    if (field !== undefined && !visited.value.has(field.id) && isWholeEntry(field.question, text)) commit();
  }
  function enter(): void {
    strokes += 1;
    commit();
  }
  goTo(resumeAt());

  return {
    keyed,
    visited,
    current,
    draft,
    warning,
    inactive,
    problems,
    isAtEnd,
    saving,
    type,
    enter,
    goTo,
    back: () => goTo(current.value - 1),
    forward: () => goTo(current.value + 1),
    revert: () => goTo(current.value),
  };
}
export type Keying = ReturnType<typeof useKeying>;
