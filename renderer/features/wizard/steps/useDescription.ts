/** The wizard's settings in words. */
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { describeSettings } from '../describe';
import type { DescribedStep } from '../describe';
import { useWizardContext } from '../useWizard';

export function useDescription(): ComputedRef<readonly DescribedStep[]> {
  const { settings, data, plan } = useWizardContext();
  const formTitle = computed(
    () => data.value?.forms.find(({ formId }) => formId === settings.formId)?.title ?? null,
  );
  return computed(() => {
    const choice = data.value?.instruments.find(({ instrument }) => instrument.id === settings.instrumentId);
    const blueprint = choice?.blueprints.find((entry) => entry.id === settings.formBlueprintId);
    const nameByCode = new Map(data.value?.regions.map((region) => [region.code, region.name]));
    return describeSettings(settings, {
      plan: plan.value,
      instrumentTitle: choice?.instrument.title ?? '',
      blueprintTitle: blueprint?.title ?? '',
      formTitle: formTitle.value,
      regionName: (code) => nameByCode.get(code) ?? code,
    });
  });
}
