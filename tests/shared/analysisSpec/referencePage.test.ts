/** The reference page is the schema's, and the schema explains itself. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analysisSpecSchema } from '@shared/analysisSpec/jsonSchema';
import { referencePage } from '@shared/analysisSpec/referencePage';

const file = new URL('../../../shared/analysisSpec/REFERENCE.md', import.meta.url);

/** `ZHIHENG_UPDATE_SPECS=1` writes the page anew. */
it('is the committed page', () => {
  if (process.env['ZHIHENG_UPDATE_SPECS'] === '1') writeFileSync(file, referencePage());
  expect(readFileSync(file, 'utf8')).toBe(referencePage());
});

/** Paths of fields without a description, constants (names of a form) and references left out. */
function unexplained(node: unknown, path: string): string[] {
  if (node === null || typeof node !== 'object') return [];
  const own = Object.entries((node as { properties?: Record<string, object> }).properties ?? {}).flatMap(
    ([name, field]) =>
      'description' in field || 'const' in field || 'enum' in field || '$ref' in field
        ? []
        : [`${path}.${name}`],
  );
  return [...own, ...Object.entries(node).flatMap(([key, value]) => unexplained(value, `${path}.${key}`))];
}

it('has a description for every field', () => {
  expect(unexplained(analysisSpecSchema(), '')).toEqual([]);
});
