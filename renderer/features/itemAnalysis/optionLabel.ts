/** Name of an option in tables and charts: its letter where it has one, the word otherwise; the key is marked. */
import type { AnalysedOption, OptionBasis } from '@shared/results/itemAnalysisResults';

export function optionLabel({ code, role, text }: AnalysedOption, basis: OptionBasis): string {
  if (basis !== 'choices' || (role !== 'key' && role !== 'distractor')) return text;
  return role === 'key' ? `${code} ✓` : code;
}
