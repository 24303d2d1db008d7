/** Files, the data table and derived columns. */
import { z } from 'zod';
import { category, columnName, condition, fileId } from './parts';

export const fileSpec = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .max(500)
      .describe('A .csv or .xlsx file; relative paths start from the folder of the specification.'),
    sheet: z.string().min(1).max(60).nullable().default(null).describe('Worksheet; null: the first one.'),
    missing: z
      .array(z.string().max(20))
      .max(20)
      .default(['NA'])
      .describe('Cell texts that mean "missing" beside the empty cell.'),
  })
  .meta({ id: 'file' });

const attachment = z
  .strictObject({
    file: fileId.describe('Id of the file whose columns are added.'),
    by: z
      .discriminatedUnion('kind', [
        z
          .strictObject({ kind: z.literal('rowOrder') })
          .describe('Row i of the file belongs to row i of the data; both have the same number of rows.'),
        z
          .strictObject({
            kind: z.literal('key'),
            columns: z.array(columnName).min(1).max(5).describe('Key columns of the data.'),
            fileColumns: z
              .array(columnName)
              .min(1)
              .max(5)
              .nullable()
              .default(null)
              .describe('The same columns in the file, in the same order; null: the same names.'),
          })
          .describe('Every row of the data has exactly one row of the file with the same key.'),
      ])
      .describe('How rows of the file find rows of the data.'),
  })
  .meta({ id: 'attachment' });

export const dataSpec = z.strictObject({
  file: fileId.describe('Id of the file with one row per sampled person.'),
  attach: z
    .array(attachment)
    .max(20)
    .default([])
    .describe('Further files whose columns are added to the data; a column already there is not replaced.'),
});

const name = columnName.describe('Name of the new column; must not exist yet.');

export const derivedColumn = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('indicator'), name, when: condition })
      .describe('1 where the condition holds, 0 where not, missing where it is missing.'),
    z
      .strictObject({
        kind: z.literal('bands'),
        name,
        from: columnName.describe('Numeric column.'),
        bands: z
          .array(
            z.strictObject({
              category,
              from: z.number().nullable().default(null).describe('Lowest value; null: no lower limit.'),
              below: z.number().nullable().default(null).describe('First value above; null: no upper limit.'),
            }),
          )
          .min(1)
          .max(100)
          .describe('The first band that holds the number gives the category; none: missing.'),
      })
      .describe('Categories of a number.'),
    z
      .strictObject({
        kind: z.literal('map'),
        name,
        from: columnName,
        categories: z
          .record(z.string(), category)
          .describe('New category of every old one, for instance to join small categories.'),
        others: z
          .enum(['keep', 'missing'])
          .default('keep')
          .describe('What becomes of values that are not listed.'),
      })
      .describe('Renamed or joined categories.'),
    z
      .strictObject({
        kind: z.literal('crossing'),
        name,
        from: z.array(columnName).min(2).max(6).describe('Columns that are joined.'),
        separator: z.string().min(1).max(5).default(':').describe('Text between the categories.'),
      })
      .describe('Categories of several columns together; missing where one is missing.'),
    z
      .strictObject({ kind: z.literal('constant'), name, value: z.number().describe('The number.') })
      .describe('The same number in every row: the total of a constant 1 is the population.'),
  ])
  .describe('A column made from others; it may use derived columns that stand before it.')
  .meta({ id: 'derivedColumn' });
export type DerivedColumn = z.infer<typeof derivedColumn>;
