/** The fields of a paper in the order they are printed, with what a screen says about them. */
import type { PaperFormView } from '@shared/contract/areas/paper';
import { buildScript } from '@shared/questionnaire/script';
import type { Script } from '@shared/questionnaire/script';
import type { Question } from '@shared/questions/kinds';

export interface PaperField {
  readonly id: string;
  /** `B7`, the place among the test items, or '' on the cover. */
  readonly label: string;
  readonly section: string;
  readonly question: Question;
}

export const scriptOfPaper = (form: PaperFormView): Script =>
  buildScript({
    definition: form.definition,
    modules: form.modules,
    formQuestions: form.formQuestions,
    mode: form.mode,
    seed: 0,
    onPaper: true,
  });

const coverSection = '封面';

export function paperFields(form: PaperFormView, script: Script): readonly PaperField[] {
  return [
    ...form.cover.map((question) => ({ id: question.code, label: '', section: coverSection, question })),
    ...script.steps
      .filter(({ standIn }) => standIn === null)
      .map(({ id, question, sectionTitle, testPosition }) => ({
        id,
        label: testPosition === null ? id : String(testPosition),
        section: sectionTitle,
        question,
      })),
  ];
}
