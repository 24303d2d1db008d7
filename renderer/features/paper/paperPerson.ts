/** Name of who prints, keys or settles; stated once, kept until the program ends. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const shortestName = 2;

export const usePaperPerson = defineStore('paperPerson', () => {
  const name = ref('');
  /** Reason under which one person may key both times; for the next opening only. */
  const samePersonReason = ref<string | null>(null);
  return { name, samePersonReason };
});
