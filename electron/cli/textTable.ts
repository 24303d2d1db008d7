/** Tables for a terminal: columns aligned with Chinese characters taking two cells. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);

export interface TextColumn {
  readonly header: string;
  readonly align: 'left' | 'right';
}

/** @example textTable([{ header: '区县', align: 'left' }], [['虎丘区']]) === '区县\n虎丘区\n' */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ header }) => header), ...rows];
  const widths = columns.map((_column, index) =>
    lines.reduce((most, line) => Math.max(most, widthOf(line[index] ?? '')), 0),
  );
  const cell = (text: string, index: number): string => {
    const gap = ' '.repeat((widths[index] ?? 0) - widthOf(text));
    return columns[index]?.align === 'right' ? gap + text : text + gap;
  };
  return lines.map((line) => `${line.map(cell).join('  ').trimEnd()}\n`).join('');
}
