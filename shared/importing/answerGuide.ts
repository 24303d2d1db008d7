/** Explains in Chinese how a question is filled in, for the sheet 填写说明 and the example rows. */
import type { ImportOption, ImportQuestion } from './context';

const optionList = (options: readonly ImportOption[]): string =>
  options.map(({ id, text }) => `${id} ${text}`).join('；');

const missingNote = '不知道填“不知道”，拒答填“拒答”，没答留空';

/** Chinese: what may stand in a cell of this question. */
export function allowedAnswers(question: ImportQuestion): string {
  const options = optionList(question.options);
  switch (question.type) {
    case 'single':
      return `填一个选项字母：${options}。${missingNote}`;
    case 'multi':
      return `可填多个选项字母，用逗号分开，如 A,C：${options}。${missingNote}`;
    case 'ordering':
      return `按次序填选项字母，如 B>D>A>C：${options}。${missingNote}`;
    case 'matching':
      return `成对填写，如 A-1,B-3：${options}；对应 ${optionList(question.targets ?? [])}。${missingNote}`;
    case 'trueFalse':
      return `对、错（或 1、0）。${missingNote}`;
    case 'number':
      return '填数字';
    case 'yearMonth':
      return '填年月，如 1990-05';
    case 'text':
      return '填文字，最多 2000 字';
  }
}

/** A lawful cell, not the right answer. */
export function exampleAnswer(question: ImportQuestion): string | number | null {
  const ids = question.options.map(({ id }) => id);
  switch (question.type) {
    case 'single':
      return ids[0] ?? null;
    case 'multi':
      return ids.slice(0, 2).join(',');
    case 'ordering':
      return ids.join('>');
    case 'matching':
      return ids.map((id, index) => `${id}-${question.targets?.[index]?.id ?? ''}`).join(',');
    case 'trueFalse':
      return '对';
    case 'number':
      return 3;
    case 'yearMonth':
      return '1990-05';
    case 'text':
      return null;
  }
}
