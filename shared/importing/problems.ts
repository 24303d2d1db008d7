/**
 * Everything an import can complain about. Errors block the whole table; warnings do not. The Chinese sentence
 * for each problem and remedy is in `importTexts.ts`.
 */
export const importProblemCodes = [
  // whole table
  'TABLE_EMPTY',
  'COLUMN_MISSING',
  'ITEM_COLUMNS_MISSING',
  'ROLE_TWICE',
  'DESIGN_COLUMN_MISSING',
  // any cell
  'FORMULA_CELL',
  'REQUIRED_EMPTY',
  'TEXT_TOO_LONG',
  // identity and design
  'CASE_CODE_INVALID',
  'DUPLICATE_CASE',
  'CASE_ALREADY_IMPORTED',
  'UNKNOWN_REGION',
  'STRATUM_MISSING',
  'PSU_IN_TWO_STRATA',
  'WEIGHT_NOT_NUMBER',
  'WEIGHT_NOT_POSITIVE',
  'COUNT_NOT_POSITIVE',
  // background
  'UNKNOWN_CATEGORY',
  'AGE_NOT_VALID',
  'AGE_OUT_OF_RANGE',
  'AGE_BAND_CONFLICT',
  'AGE_NOT_DERIVED',
  'BIRTH_NOT_VALID',
  'DATE_NOT_VALID',
  // answers
  'UNKNOWN_OPTION',
  'AMBIGUOUS_OPTION',
  'TOO_MANY_OPTIONS',
  'REPEATED_OPTION',
  'NUMBER_EXPECTED',
  'MIXED_MARKS',
  'ROW_WITHOUT_ANSWERS',
  'MANY_BLANKS',
  // margins
  'MARGIN_HEADER_MISSING',
  'MARGIN_VARIABLE_UNKNOWN',
  'MARGIN_CATEGORY_UNKNOWN',
  'MARGIN_CATEGORY_TWICE',
  'MARGIN_CATEGORY_MISSING',
  'MARGIN_TOTAL_NOT_NUMBER',
  'MARGIN_TOTAL_NOT_POSITIVE',
  'MARGIN_TOTALS_DIFFER',
  'MARGIN_TOTALS_ROUNDED',
  // item files
  'ITEM_SHEET_MISSING',
  'ITEM_COLUMN_MISSING',
  'ITEM_COLUMN_TWICE',
  'ITEM_COLUMN_IGNORED',
  'ITEM_TABLE_TOO_LONG',
  'ITEM_CELL_EMPTY',
  'ITEM_CELL_NOT_TEXT',
  'ITEM_NUMBER_NOT_VALID',
  'ITEM_JSON_NOT_VALID',
  'ITEM_TWICE',
  'ITEM_ANSWER_NOT_READ',
  'ITEM_ANSWER_NOT_OPTION',
  'ITEM_RULE_BROKEN',
  'ITEM_LINK_UNKNOWN',
  'ITEM_LINK_DIFFERS',
  'ITEM_FILE_SYNTAX',
  'ITEM_XML_REFUSED',
  'ITEM_TYPE_NOT_SUPPORTED',
  'ITEM_PART_DROPPED',
] as const;

export type ImportProblemCode = (typeof importProblemCodes)[number];

export const importRemedyCodes = [
  'FILL_TABLE',
  'MAP_COLUMN',
  'ADD_COLUMN',
  'KEEP_ONE_COLUMN',
  'CONFIRM_NO_DESIGN',
  'PASTE_VALUES',
  'FILL_CELL',
  'SHORTEN_TEXT',
  'FIX_CODE',
  'KEEP_ONE_ROW',
  'REMOVE_KNOWN_CASE',
  'USE_LISTED_REGION',
  'CHECK_DESIGN',
  'ENTER_POSITIVE_NUMBER',
  'USE_LISTED_VALUE',
  'CHECK_AGE',
  'ENTER_DATE',
  'ADD_DATE_OR_AGE',
  'USE_OPTION_LETTER',
  'KEEP_ONE_OPTION',
  'ENTER_NUMBER',
  'USE_MARKS_ONLY',
  'CHECK_ROW',
  'USE_TEMPLATE',
  'COMPLETE_MARGIN',
  'CHECK_TOTALS',
  'ACCEPT_SCALING',
  'USE_ITEM_TEMPLATE',
  'ADD_ITEM_COLUMN',
  'ACCEPT_DROPPED',
  'SPLIT_FILE',
  'FILL_ITEM_CELL',
  'SET_CELL_TEXT',
  'ENTER_NUMBER_BETWEEN',
  'LEAVE_CELL',
  'WRITE_ITEM_ANSWER',
  'CORRECT_ITEM',
  'ADD_LINKED_ROW',
  'FIX_LINE',
  'EXPORT_AGAIN',
  'USE_SUPPORTED_TYPE',
] as const;

export type ImportRemedyCode = (typeof importRemedyCodes)[number];

export const remedyOf: Readonly<Record<ImportProblemCode, ImportRemedyCode>> = {
  TABLE_EMPTY: 'FILL_TABLE',
  COLUMN_MISSING: 'MAP_COLUMN',
  ITEM_COLUMNS_MISSING: 'ADD_COLUMN',
  ROLE_TWICE: 'KEEP_ONE_COLUMN',
  DESIGN_COLUMN_MISSING: 'CONFIRM_NO_DESIGN',
  FORMULA_CELL: 'PASTE_VALUES',
  REQUIRED_EMPTY: 'FILL_CELL',
  TEXT_TOO_LONG: 'SHORTEN_TEXT',
  CASE_CODE_INVALID: 'FIX_CODE',
  DUPLICATE_CASE: 'KEEP_ONE_ROW',
  CASE_ALREADY_IMPORTED: 'REMOVE_KNOWN_CASE',
  UNKNOWN_REGION: 'USE_LISTED_REGION',
  STRATUM_MISSING: 'FILL_CELL',
  PSU_IN_TWO_STRATA: 'CHECK_DESIGN',
  WEIGHT_NOT_NUMBER: 'ENTER_POSITIVE_NUMBER',
  WEIGHT_NOT_POSITIVE: 'ENTER_POSITIVE_NUMBER',
  COUNT_NOT_POSITIVE: 'ENTER_POSITIVE_NUMBER',
  UNKNOWN_CATEGORY: 'USE_LISTED_VALUE',
  AGE_NOT_VALID: 'CHECK_AGE',
  AGE_OUT_OF_RANGE: 'CHECK_AGE',
  AGE_BAND_CONFLICT: 'CHECK_AGE',
  AGE_NOT_DERIVED: 'ADD_DATE_OR_AGE',
  BIRTH_NOT_VALID: 'ENTER_DATE',
  DATE_NOT_VALID: 'ENTER_DATE',
  UNKNOWN_OPTION: 'USE_OPTION_LETTER',
  AMBIGUOUS_OPTION: 'USE_OPTION_LETTER',
  TOO_MANY_OPTIONS: 'KEEP_ONE_OPTION',
  REPEATED_OPTION: 'USE_OPTION_LETTER',
  NUMBER_EXPECTED: 'ENTER_NUMBER',
  MIXED_MARKS: 'USE_MARKS_ONLY',
  ROW_WITHOUT_ANSWERS: 'CHECK_ROW',
  MANY_BLANKS: 'CHECK_ROW',
  MARGIN_HEADER_MISSING: 'USE_TEMPLATE',
  MARGIN_VARIABLE_UNKNOWN: 'USE_LISTED_VALUE',
  MARGIN_CATEGORY_UNKNOWN: 'USE_LISTED_VALUE',
  MARGIN_CATEGORY_TWICE: 'KEEP_ONE_ROW',
  MARGIN_CATEGORY_MISSING: 'COMPLETE_MARGIN',
  MARGIN_TOTAL_NOT_NUMBER: 'ENTER_POSITIVE_NUMBER',
  MARGIN_TOTAL_NOT_POSITIVE: 'ENTER_POSITIVE_NUMBER',
  MARGIN_TOTALS_DIFFER: 'CHECK_TOTALS',
  MARGIN_TOTALS_ROUNDED: 'ACCEPT_SCALING',
  ITEM_SHEET_MISSING: 'USE_ITEM_TEMPLATE',
  ITEM_COLUMN_MISSING: 'ADD_ITEM_COLUMN',
  ITEM_COLUMN_TWICE: 'KEEP_ONE_COLUMN',
  ITEM_COLUMN_IGNORED: 'ACCEPT_DROPPED',
  ITEM_TABLE_TOO_LONG: 'SPLIT_FILE',
  ITEM_CELL_EMPTY: 'FILL_ITEM_CELL',
  ITEM_CELL_NOT_TEXT: 'SET_CELL_TEXT',
  ITEM_NUMBER_NOT_VALID: 'ENTER_NUMBER_BETWEEN',
  ITEM_JSON_NOT_VALID: 'LEAVE_CELL',
  ITEM_TWICE: 'KEEP_ONE_ROW',
  ITEM_ANSWER_NOT_READ: 'WRITE_ITEM_ANSWER',
  ITEM_ANSWER_NOT_OPTION: 'WRITE_ITEM_ANSWER',
  ITEM_RULE_BROKEN: 'CORRECT_ITEM',
  ITEM_LINK_UNKNOWN: 'ADD_LINKED_ROW',
  ITEM_LINK_DIFFERS: 'CORRECT_ITEM',
  ITEM_FILE_SYNTAX: 'FIX_LINE',
  ITEM_XML_REFUSED: 'EXPORT_AGAIN',
  ITEM_TYPE_NOT_SUPPORTED: 'USE_SUPPORTED_TYPE',
  ITEM_PART_DROPPED: 'ACCEPT_DROPPED',
};

/** One problem of one cell, without its place. */
export interface CellProblem {
  readonly code: ImportProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One problem with everything needed to find it in the file. */
export interface CellError extends CellProblem {
  readonly sheet: string;
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** Column letters; empty when the problem is not about one column. */
  readonly column: string;
  readonly header: string;
  /** What the cell holds, cut after 60 characters. */
  readonly value: string;
  readonly remedyCode: ImportRemedyCode;
}

/** Value read from a cell, or why it could not be. */
export type CellReading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: CellProblem };

export const read = <T>(value: T): CellReading<T> => ({ ok: true, value });

export const refuse = (
  code: ImportProblemCode,
  params: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly problem: CellProblem } => ({ ok: false, problem: { code, params } });
