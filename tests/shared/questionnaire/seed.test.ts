import { describe, expect, it } from 'vitest';
import { checkDefinition, loadDefinition } from '@shared/questionnaire/checkDefinition';
import { questionsOf } from '@shared/questionnaire/definition';
import seed from '../../../seeds/questionnaires/csl-2026.json';
import { seedDefinition, seedScript } from './support';

/** Codes of question-bank-spec §5.3, copied from its tables. */
const specified = [
  ...['S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6'],
  ...['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B6a'],
  ...['B7', 'B8', 'B9', 'B10', 'B11', 'B12', 'B13', 'B14', 'B15'],
  ...['T1', 'T2', 'T3', 'T4', 'T5'],
  ...['I1', 'I2', 'I3', 'I4', 'I5', 'I6'],
  ...['P1', 'P2', 'P3', 'P4', 'P5'],
  ...['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7'],
  ...['Z1', 'Z2', 'Z3', 'Z4', 'Z5', 'Z6'],
];

describe('the shipped questionnaire', () => {
  it('passes every static check', () => {
    expect(loadDefinition(seed).ok ? [] : loadDefinition(seed)).toEqual([]);
    expect(checkDefinition(seedDefinition())).toEqual([]);
  });
});

describe('spec', () => {
  it('has every code of the specification', () => {
    const definition = seedDefinition();
    const codes = new Set([
      ...questionsOf(definition).map(({ question }) => question.code),
      ...definition.hostFields.map((field) => field.code),
    ]);
    expect(specified.filter((code) => !codes.has(code))).toEqual([]);
    expect(seedScript().steps.length).toBeGreaterThan(60);
  });
});
