/** Triggers of tables whose rows can neither change nor go. */

const triggerOf = (table: string, action: 'UPDATE' | 'DELETE'): string => `
CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

export const appendOnlyTriggers = (tables: readonly string[]): string =>
  tables.flatMap((table) => [triggerOf(table, 'UPDATE'), triggerOf(table, 'DELETE')]).join('');
