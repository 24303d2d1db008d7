/** Chinese words for columns, categories, domains and coefficients of an answer. */
import type { DomainKeys } from '@shared/analysisSpec/result';
import { specWords } from '@shared/texts/specTexts';
import type { ColumnsByName } from './builderState';

export interface AnswerWords {
  readonly column: (name: string) => string;
  readonly category: (column: string, value: string) => string;
  readonly domain: (keys: DomainKeys) => string;
  /** `tier=high` as the engine names the outcome of one category. */
  readonly outcome: (name: string) => string;
  readonly coefficient: (name: string) => string;
  /** Whether the mean of this outcome is a share. */
  readonly isShare: (outcome: string) => boolean;
}

export function answerWords(columns: ColumnsByName): AnswerWords {
  const column = (name: string): string => columns.get(name)?.label ?? name;
  const category = (name: string, value: string): string =>
    columns.get(name)?.categories.find((each) => each.value === value)?.label ?? value;
  const coefficient = (name: string): string => {
    if (name === '(Intercept)') return '截距';
    const owner = [...columns.values()].find(
      (each) => name.startsWith(each.name) && each.categories.some(({ value }) => each.name + value === name),
    );
    return owner === undefined
      ? column(name)
      : `${owner.label}：${category(owner.name, name.slice(owner.name.length))}`;
  };
  return {
    column,
    category,
    domain: (keys) => {
      const parts = Object.entries(keys).map(([name, value]) => category(name, value));
      return parts.length === 0 ? specWords.everyone : parts.join(' × ');
    },
    outcome: (name) => {
      const at = name.indexOf('=');
      if (at < 0) return column(name);
      const owner = name.slice(0, at);
      return columns.has(owner) ? `${column(owner)}：${category(owner, name.slice(at + 1))}` : name;
    },
    coefficient,
    isShare: (outcome) => outcome.includes('=') || columns.get(outcome)?.kind === 'flag',
  };
}
