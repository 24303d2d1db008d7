/** Size of the letters, kept per interview: 0 = normal, 1 and 2 = 大字. Follows answer S6 until someone chooses. */
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { Answers } from '@shared/questions/answer';

export const largestSize = 2;
const largeTextQuestion = 'S6';
/** 2 大字, 4 大字和读题. */
const largeTextCodes: readonly string[] = ['2', '4'];

export interface LetterSize {
  readonly size: Ref<number>;
  readonly isLarge: ComputedRef<boolean>;
  readonly change: (step: number) => void;
  readonly toggle: () => void;
}

const wantsLarge = (answers: Answers): boolean => {
  const given = answers[largeTextQuestion];
  return given?.kind === 'single' && largeTextCodes.includes(given.code);
};

export function useLetterSize(interviewId: string, answers: () => Answers): LetterSize {
  const key = `zhiheng.size.${interviewId}`;
  const stored = sessionStorage.getItem(key);
  const chosen = ref<number | null>(stored === null ? null : Number(stored));
  const size = computed({
    get: () => chosen.value ?? (wantsLarge(answers()) ? 1 : 0),
    set: (value: number) => (chosen.value = Math.min(Math.max(value, 0), largestSize)),
  });
  watch(chosen, (value) => sessionStorage.setItem(key, String(value)));
  return {
    size,
    isLarge: computed(() => size.value > 0),
    change: (step) => (size.value += step),
    toggle: () => (size.value = size.value > 0 ? 0 : 1),
  };
}
