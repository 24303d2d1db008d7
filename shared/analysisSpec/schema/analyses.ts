/** What is asked of the data. */
import { z } from 'zod';
import { proportionIntervalMethods } from '../../estimation/intervals';
import { category, columnName, condition, confidenceLevel, modelTerm } from './parts';

const singleOutcomes = [
  z
    .strictObject({ kind: z.literal('column'), column: columnName })
    .describe('A numeric column; 0 and 1 for a proportion.'),
  z
    .strictObject({
      kind: z.literal('indicator'),
      name: columnName.describe('What the result calls it.'),
      when: condition,
    })
    .describe('1 where the condition holds, 0 where not.'),
] as const;

const singleOutcome = z
  .discriminatedUnion('kind', singleOutcomes)
  .describe('What is estimated.')
  .meta({ id: 'singleOutcome' });
export type SingleOutcome = z.infer<typeof singleOutcome>;

export const outcome = z
  .discriminatedUnion('kind', [
    ...singleOutcomes,
    z
      .strictObject({
        kind: z.literal('categories'),
        column: columnName,
        categories: z
          .array(category)
          .min(1)
          .max(200)
          .nullable()
          .default(null)
          .describe('Categories in the order of the result; null: all that occur, by code point.'),
      })
      .describe('One 0/1 outcome per category: shares of all tiers, for instance.'),
  ])
  .describe('What is estimated.')
  .meta({ id: 'outcome' });
export type OutcomeSpec = z.infer<typeof outcome>;

export const byColumn = z
  .strictObject({
    column: columnName,
    categories: z
      .array(category)
      .min(1)
      .max(2000)
      .nullable()
      .default(null)
      .describe('Categories in the order of the result, also those nobody has; null: all that occur.'),
  })
  .describe('A column whose categories make domains.')
  .meta({ id: 'byColumn' });
export type ByColumn = z.infer<typeof byColumn>;

const id = z.string().min(1).max(80).describe('Name of the analysis in the result; unique.');
const crossing = z.array(byColumn).max(4);
const name = z.string().min(1).max(80).describe('What the result calls it.');
const by = crossing
  .default([])
  .describe('Columns crossed to domains, the last one varying fastest; empty: everyone.');
const overall = z.boolean().default(true).describe('true: with `by`, everyone together comes first.');
const outcomes = z.array(outcome).min(1).max(100).describe('What is estimated, one line each.');
const filter = condition
  .nullable()
  .default(null)
  .describe('Rows the analysis is about: a domain of the design, never a cut of it.');
const level = confidenceLevel
  .nullable()
  .default(null)
  .describe('Confidence level; null: that of the specification.');
const statistic = z
  .enum(['total', 'mean', 'proportion', 'ratio'])
  .describe('`proportion` is the mean of a 0/1 outcome with intervals of its own.');
const denominator = columnName
  .nullable()
  .default(null)
  .describe('Numeric column, the denominator of a ratio.');
const adjustment = z
  .enum(['none', 'holm', 'bonferroni', 'hochberg', 'BH'])
  .default('holm')
  .describe('Adjustment of the p-values for the number of comparisons.');

const domainRef = z.array(category).min(1).max(4).describe('One category per column of `by`.');

const pairs = z
  .array(z.strictObject({ first: domainRef, second: domainRef }))
  .min(1)
  .max(500)
  .describe('Domains compared with each other.');

export const contrastRequest = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('allPairs'), adjustment })
      .describe('Differences of all pairs of domains.'),
    z
      .strictObject({
        kind: z.literal('pairs'),
        pairs,
        adjustment,
      })
      .describe('Second minus first.'),
    z
      .strictObject({
        kind: z.literal('ratios'),
        pairs,
      })
      .describe('Second / first by the delta method, interval on the log scale.'),
    z
      .strictObject({
        kind: z.literal('coefficients'),
        contrasts: z
          .array(
            z.strictObject({
              name,
              coefficients: z
                .array(
                  z.strictObject({
                    domain: domainRef,
                    coefficient: z.number().describe('Factor of the estimate.'),
                  }),
                )
                .min(1)
                .max(200)
                .describe('Domains and their factors.'),
            }),
          )
          .min(1)
          .max(200)
          .describe('Contrasts, one line each.'),
      })
      .describe('Sums of coefficient x estimate of a domain; domains not named count 0.'),
    z
      .strictObject({
        kind: z.literal('deviations'),
        from: z.enum(['overall', 'meanOfDomains']).describe('What the domains are compared with.'),
      })
      .describe('Every domain minus everyone together, or minus the unweighted mean of the domains.'),
  ])
  .describe('Which comparisons are made.')
  .meta({ id: 'contrast' });
export type ContrastRequest = z.infer<typeof contrastRequest>;

export const analysis = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('estimates'),
        id,
        statistic,
        outcomes,
        denominator,
        by,
        overall,
        filter,
        intervals: z
          .array(z.enum(proportionIntervalMethods))
          .min(1)
          .max(proportionIntervalMethods.length)
          .default(['logit'])
          .describe('Intervals of a proportion; other statistics have Student t.'),
        designEffect: z
          .enum(['withoutReplacement', 'withReplacement'])
          .default('withoutReplacement')
          .describe('Simple random sample the design effect compares with.'),
        level,
      })
      .describe('Totals, means, proportions and ratios.'),
    z
      .strictObject({
        kind: z.literal('quantiles'),
        id,
        outcomes,
        probabilities: z.array(z.number().gt(0).lt(1)).min(1).max(99).describe('0.5 is the median.'),
        rule: z.enum(['math', 'school', 'hf4', 'hf7']).default('math').describe('R: qrule of svyquantile.'),
        interval: z
          .enum(['mean', 'xlogit'])
          .default('mean')
          .describe('Interval of the share that is turned back into values (Woodruff).'),
        by,
        overall,
        filter,
        level,
      })
      .describe('Quantiles with Woodruff intervals, or with the errors of replicates.'),
    z
      .strictObject({
        kind: z.literal('contrasts'),
        id,
        statistic,
        outcome: singleOutcome,
        denominator,
        by: crossing.min(1).describe('Columns crossed to the domains that are compared.'),
        contrast: contrastRequest,
        filter,
        level,
      })
      .describe('Comparisons of domains with their covariances.'),
    z
      .strictObject({
        kind: z.literal('tTest'),
        id,
        outcome: singleOutcome,
        groups: z
          .strictObject({ column: columnName, first: category, second: category })
          .nullable()
          .default(null)
          .describe('Two groups, second minus first; null: the mean against `value`.'),
        value: z.number().default(0).describe('Mean of the hypothesis when there are no groups.'),
        filter,
        level,
      })
      .describe('Design-based t test (R: svyttest).'),
    z
      .strictObject({
        kind: z.literal('chiSquare'),
        id,
        rows: columnName,
        columns: columnName,
        filter,
      })
      .describe('Independence of two columns: Rao-Scott F and chi-square, Wald (R: svychisq).'),
    z
      .strictObject({
        kind: z.literal('regression'),
        id,
        family: z.enum(['linear', 'logistic']).describe('`logistic` needs a 0/1 outcome.'),
        outcome: singleOutcome,
        terms: z.array(modelTerm).min(1).max(40).describe('Explanatory variables.'),
        waldTests: z
          .array(
            z.strictObject({
              name,
              columns: z.array(columnName).min(1).max(40).describe('Columns of terms.'),
            }),
          )
          .max(40)
          .default([])
          .describe('Tests that all coefficients of the columns are zero (R: regTermTest).'),
        predictiveMargins: z
          .array(columnName)
          .max(20)
          .default([])
          .describe(
            'Categorical terms: mean prediction if everyone were in each category (R: svypredmeans).',
          ),
        filter,
        level,
      })
      .describe('Survey-weighted regression (R: svyglm).'),
  ])
  .describe('One question to the data.')
  .meta({ id: 'analysis' });
export type Analysis = z.infer<typeof analysis>;
export type AnalysisOf<K extends Analysis['kind']> = Extract<Analysis, { kind: K }>;
