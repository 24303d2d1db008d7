/** What the units of the open survey are called. */
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { unitWordOf } from '@shared/texts/unitWord';
import type { UnitWord } from '@shared/texts/unitWord';
import { useSurveyStore } from '../../stores/survey';

export function useUnitWord(): ComputedRef<UnitWord> {
  const store = useSurveyStore();
  return computed(() => unitWordOf(store.summary?.survey.settings.unitCodes ?? []));
}
