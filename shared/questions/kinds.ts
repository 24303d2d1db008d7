/** Every question kind and the schema of a question as it is asked: public form, without any key. */
import { z } from 'zod';
import { matchingSchema } from './matching';
import { multiSchema } from './multi';
import { numberSchema } from './number';
import { orderingSchema } from './ordering';
import { scaleSchema } from './scale';
import { singleSchema } from './single';
import { textSchema } from './text';
import { trueFalseSchema } from './trueFalse';
import { yearMonthSchema } from './yearMonth';

export const questionKinds = [
  'single',
  'multi',
  'trueFalse',
  'number',
  'yearMonth',
  'text',
  'scale',
  'ordering',
  'matching',
] as const;
export type QuestionKindName = (typeof questionKinds)[number];

export const questionSchema = z.discriminatedUnion('kind', [
  singleSchema,
  multiSchema,
  trueFalseSchema,
  numberSchema,
  yearMonthSchema,
  textSchema,
  scaleSchema,
  orderingSchema,
  matchingSchema,
]);
export type Question = z.infer<typeof questionSchema>;
export type QuestionOf<K extends QuestionKindName> = Extract<Question, { kind: K }>;
