/** Whether the command palette is open: shared by its button and its shortcut. */
import { ref } from 'vue';

export const isPaletteOpen = ref(false);
export const openPalette = (): void => {
  isPaletteOpen.value = true;
};
