/** Small parts that the sections of an analysis specification share. */
import { z } from 'zod';

export const columnName = z
  .string()
  .min(1)
  .max(100)
  .describe('Column of the data, as in the file or derived.');

export const category = z.string().min(1).max(200).describe('Category as it stands in the data.');

export const scalar = z.union([z.string().max(200), z.number()]).describe('What the cell is compared with.');

export const fileId = z.string().min(1).max(60).describe('Id of a file of `files`.');

export const confidenceLevel = z.number().gt(0.5).lt(1);

const column = columnName;
const value = z.number().describe('What the cell is compared with.');

/** A missing cell makes a comparison missing. */
const comparisons = [
  z
    .strictObject({ is: z.literal('equal'), column, value: scalar })
    .describe('The cell equals the value; texts and numbers are compared as written (1 equals "1").'),
  z
    .strictObject({ is: z.literal('notEqual'), column, value: scalar })
    .describe('The cell has a value and it is another one.'),
  z
    .strictObject({
      is: z.literal('in'),
      column,
      values: z.array(scalar).min(1).max(500).describe('What the cell is compared with.'),
    })
    .describe('The cell equals one of the values.'),
  z.strictObject({ is: z.literal('atLeast'), column, value }).describe('Number >= value.'),
  z.strictObject({ is: z.literal('above'), column, value }).describe('Number > value.'),
  z.strictObject({ is: z.literal('atMost'), column, value }).describe('Number <= value.'),
  z.strictObject({ is: z.literal('below'), column, value }).describe('Number < value.'),
  z.strictObject({ is: z.literal('present'), column }).describe('The cell has a value; never missing.'),
] as const;

export const comparison = z
  .discriminatedUnion('is', comparisons)
  .describe('One comparison of a column with given values; a missing cell makes it missing.')
  .meta({ id: 'comparison' });
export type Comparison = z.infer<typeof comparison>;

export const condition = z
  .discriminatedUnion('is', [
    ...comparisons,
    z
      .strictObject({
        is: z.literal('allOf'),
        conditions: z.array(comparison).min(1).max(50).describe('Comparisons to join.'),
      })
      .describe('Every comparison holds.'),
    z
      .strictObject({
        is: z.literal('anyOf'),
        conditions: z.array(comparison).min(1).max(50).describe('Comparisons to join.'),
      })
      .describe('At least one comparison holds.'),
  ])
  .describe('A comparison of one column with given values, or several of them joined.')
  .meta({ id: 'condition' });
export type Condition = z.infer<typeof condition>;

export const modelTerm = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('numeric'),
        column: columnName.describe('Numeric column.'),
      })
      .describe('The number itself, one coefficient.'),
    z
      .strictObject({
        kind: z.literal('categorical'),
        column: columnName.describe('Column whose values are taken as categories.'),
        reference: category
          .nullable()
          .default(null)
          .describe('Category the others are compared with; null: the first by code point.'),
      })
      .describe('One 0/1 column per category except the reference (treatment contrasts).'),
  ])
  .describe('One explanatory variable of a model.')
  .meta({ id: 'term' });
export type ModelTermSpec = z.infer<typeof modelTerm>;
