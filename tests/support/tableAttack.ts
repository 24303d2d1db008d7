/**
 * An attacker of published tables, written from the definition and not from our own code: linear programs solved by
 * HiGHS. A value that is printed is a number; a value that is not is an unknown with bounds.
 */
import loadHighs from 'highs';

export interface Attack {
  /** An unknown between the bounds. */
  readonly unknown: (name: string, lower: number, upper: number) => void;
  /** sum of coefficient x unknown (relation) constant. */
  readonly require: (terms: readonly Term[], relation: '=' | '<=' | '>=', constant: number) => void;
  /** Everything the unknown may be, given what was required. */
  readonly range: (name: string) => { readonly lowest: number; readonly highest: number };
}

export type Term = readonly [coefficient: number, name: string];

const signed = (value: number): string => (value < 0 ? `- ${-value}` : `+ ${value}`);

export async function createAttack(): Promise<Attack> {
  const highs = await loadHighs();
  const bounds = new Map<string, readonly [number, number]>();
  const rows: string[] = [];
  const solve = (direction: 'Maximize' | 'Minimize', name: string): number => {
    const limits = [...bounds].map(
      ([unknown, [lower, upper]]) => ` ${lower} <= ${unknown} <= ${upper === Infinity ? '+inf' : upper}`,
    );
    const text = `${direction}\n obj: ${name}\nSubject To\n${rows.join('\n')}\nBounds\n${limits.join('\n')}\nEnd\n`;
    const found = highs.solve(text, { presolve: 'on' });
    if (found.Status === 'Unbounded') return direction === 'Maximize' ? Infinity : -Infinity;
    if (found.Status !== 'Optimal')
      throw new Error(`the truth must be possible: ${found.Status} for ${name}`);
    return found.ObjectiveValue;
  };
  return {
    unknown: (name, lower, upper) => bounds.set(name, [lower, upper]),
    require: (terms, relation, constant) => {
      if (terms.length === 0) return;
      const left = terms.map(([coefficient, name]) => `${signed(coefficient)} ${name}`).join(' ');
      rows.push(` r${rows.length}: ${left} ${relation} ${constant}`);
    },
    range: (name) => ({ lowest: solve('Minimize', name), highest: solve('Maximize', name) }),
  };
}
