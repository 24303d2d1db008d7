/** Name of who is working on the bank; stated once, kept until the program ends. Accounts come with key management. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const shortestName = 2;

export const usePerson = defineStore('bankPerson', () => {
  const name = ref('');
  return { name };
});
