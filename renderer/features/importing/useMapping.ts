/** Which sheet, which header row and what every column means, for the file being imported. */
import { computed, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { Inspection } from '@shared/contract/areas/imports';
import { carryMapping, choicesOf, columnsAt, likeliestSheet, withChoice } from './columnMapping';
import type { ColumnChoice, InspectedSheet, KeptMapping, Target } from './columnMapping';

export interface MappingState {
  readonly inspection: ShallowRef<Inspection | null>;
  readonly mapping: ShallowRef<KeptMapping | null>;
  readonly sheet: ComputedRef<InspectedSheet | null>;
  readonly columns: ComputedRef<readonly ColumnChoice[]>;
  /** Takes a file's inspection; true when the mapping made before was kept. */
  accept(found: Inspection): boolean;
  useSheet(name: string): void;
  useHeaderRow(row: number): void;
  setTarget(column: number, target: Pick<Target, 'role' | 'target'>): void;
  clear(): void;
}

const firstMapping = (sheet: InspectedSheet): KeptMapping => ({
  sheet: sheet.name,
  headerRow: sheet.headerRow,
  columns: choicesOf(sheet),
});

export function useMapping(): MappingState {
  const inspection = shallowRef<Inspection | null>(null);
  const mapping = shallowRef<KeptMapping | null>(null);
  const sheet = computed(
    () => inspection.value?.sheets.find(({ name }) => name === mapping.value?.sheet) ?? null,
  );

  function accept(found: Inspection): boolean {
    const kept = mapping.value === null ? null : carryMapping(mapping.value, found);
    const first = likeliestSheet(found.sheets);
    inspection.value = found;
    mapping.value = kept ?? (first === null ? null : firstMapping(first));
    return kept !== null;
  }

  function useSheet(name: string): void {
    const next = inspection.value?.sheets.find((each) => each.name === name);
    if (next !== undefined) mapping.value = firstMapping(next);
  }

  function useHeaderRow(row: number): void {
    if (mapping.value === null || sheet.value === null) return;
    const before = mapping.value.columns;
    const chosen = choicesOf(sheet.value).map((column, index) => {
      const { role, target, isChosen } = before[index] ?? column;
      return { ...column, role, target, isChosen };
    });
    mapping.value = { ...mapping.value, headerRow: row, columns: columnsAt(chosen, sheet.value, row) };
  }

  function setTarget(column: number, target: Pick<Target, 'role' | 'target'>): void {
    if (mapping.value === null) return;
    mapping.value = { ...mapping.value, columns: withChoice(mapping.value.columns, column, target) };
  }

  function clear(): void {
    inspection.value = null;
    mapping.value = null;
  }

  const columns = computed(() => mapping.value?.columns ?? []);
  return { inspection, mapping, sheet, columns, accept, useSheet, useHeaderRow, setTarget, clear };
}
