/** A copy of an object without some of its fields. */
export function omit<T extends object, K extends keyof T>(value: T, ...fields: readonly K[]): Omit<T, K> {
  const left: readonly PropertyKey[] = fields;
  return Object.fromEntries(Object.entries(value).filter(([field]) => !left.includes(field))) as Omit<T, K>;
}
