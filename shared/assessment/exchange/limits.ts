/** What one import may hold (question-bank-spec §6.2). */
export const maximumItems = 2000;

/** Answers one question of another system's file may have; more is no question but an attack or a slip. */
export const maximumAnswers = 26;

/** Characters of a text file; far above 2,000 items. */
export const maximumCharacters = 8_000_000;
