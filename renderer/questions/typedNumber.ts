/** Reads what a person typed as a number, full-width digits of a Chinese input method included. */
const fullWidth = /[０-９．－]/g;

const toHalfWidth = (text: string): string =>
  text.replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/**
 * Null when it is not a plain decimal number.
 * @example plainNumber('１２') === 12; plainNumber('12个') === null
 */
export function plainNumber(text: string): number | null {
  const half = toHalfWidth(text).trim();
  return /^-?\d+(\.\d+)?$/.test(half) ? Number(half) : null;
}
