/** One choice of a card group. */
export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint: string;
  /** Why it cannot be chosen; absent when it can. */
  readonly unavailable?: string;
}
