/** Width of a line of text in pixels, without measuring: full-width signs take one em, the others at most 0.6. */
export const textWidth = (text: string, fontSize: number): number =>
  Math.ceil([...text].reduce((sum, sign) => sum + (sign > '\u2000' ? 1 : 0.6), 0) * fontSize);

export const widest = (texts: readonly string[], fontSize: number): number =>
  texts.reduce((width, text) => Math.max(width, textWidth(text, fontSize)), 0);
