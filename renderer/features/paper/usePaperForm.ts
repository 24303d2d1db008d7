/** Loads the paper form of a survey: script, fields, and the question behind every field. */
import { computed, ref } from 'vue';
import type { PaperFormView, PaperMode } from '@shared/contract/areas/paper';
import type { SurveyId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import { call } from '../../api/client';
import type { PaperField } from './paperFields';
import { paperFields, scriptOfPaper } from './paperFields';

export function usePaperForm() {
  const form = ref<PaperFormView | null>(null);
  const failure = ref<Failure | null>(null);
  const script = computed(() => (form.value === null ? null : scriptOfPaper(form.value)));
  const fields = computed<readonly PaperField[]>(() =>
    form.value === null || script.value === null ? [] : paperFields(form.value, script.value),
  );
  const byId = computed(() => new Map(fields.value.map((field) => [field.id, field])));

  async function load(surveyId: SurveyId, mode: PaperMode): Promise<void> {
    const reply = await call('paper/getForm', { surveyId, mode });
    failure.value = reply.ok ? null : reply.failure;
    if (reply.ok) form.value = reply.value;
  }
  return { form, failure, script, fields, byId, load };
}
