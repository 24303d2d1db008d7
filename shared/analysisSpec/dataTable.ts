/** A table as the analysis sees it, whatever file it came from. */

/** Texts with '' for missing, or numbers with NaN for missing; one per row. */
export type DataColumn = Float64Array | readonly string[];

export interface DataTable {
  readonly rowCount: number;
  /** In the order of the file. */
  readonly columns: Readonly<Record<string, DataColumn>>;
}

/** Tables of a specification by the ids of its `files`. */
export type DataTables = Readonly<Record<string, DataTable>>;
