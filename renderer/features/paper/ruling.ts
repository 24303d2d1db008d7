/** What a person decides on one field of a paper. */
export interface Ruling {
  readonly fieldId: string;
  readonly choice: 'first' | 'second' | 'other';
  /** Used with `other`. */
  readonly keyed: string;
}
