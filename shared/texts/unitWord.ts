/** What the statistical units of a survey are called. */

export type UnitWord = '区县' | '镇街';

const townshipCode = /^\d{9}$/;

/** 镇街 when every unit code has nine digits (townships), 区县 otherwise (GB/T 2260, six digits). */
export const unitWordOf = (codes: readonly string[]): UnitWord =>
  codes.length > 0 && codes.every((code) => townshipCode.test(code)) ? '镇街' : '区县';
