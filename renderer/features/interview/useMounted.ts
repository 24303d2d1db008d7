/** True once the component is in the page, when its elements can be measured. */
import { onMounted, ref } from 'vue';
import type { Ref } from 'vue';

export function useMounted(): Ref<boolean> {
  const isMounted = ref(false);
  onMounted(() => (isMounted.value = true));
  return isMounted;
}
