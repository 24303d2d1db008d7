/** Chart colours, type and geometry, read from the CSS variables at run time so that dark mode follows. */
import './chartTokens.css';

export interface ChartTheme {
  readonly font: string;
  readonly textSmall: number;
  readonly text: number;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly surface: string;
  readonly surface2: string;
  readonly accent: string;
  readonly reached: string;
  readonly undecided: string;
  readonly missed: string;
  readonly suppressed: string;
  readonly series: readonly string[];
  readonly row: number;
  readonly rowCompact: number;
  readonly plot: number;
  readonly plotCompact: number;
}

const paletteSize = 8;

export function readTheme(root: Element = document.documentElement): ChartTheme {
  const style = getComputedStyle(root);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  /** Without a style sheet (component tests) the token's own value keeps the layout finite. */
  const pixels = (name: string, unstyled: number): number => Number.parseFloat(value(name)) || unstyled;
  return {
    font: value('--font') || 'sans-serif',
    textSmall: pixels('--text-12', 12),
    text: pixels('--text-13', 13),
    ink: value('--ink'),
    ink2: value('--ink-2'),
    ink3: value('--ink-3'),
    line: value('--line'),
    lineStrong: value('--line-strong'),
    surface: value('--surface'),
    surface2: value('--surface-2'),
    accent: value('--accent'),
    reached: value('--reached'),
    undecided: value('--undecided'),
    missed: value('--missed'),
    suppressed: value('--line-strong'),
    series: Array.from({ length: paletteSize }, (_, index) => value(`--series-${index + 1}`)),
    row: pixels('--chart-row', 34),
    rowCompact: pixels('--chart-row-compact', 28),
    plot: pixels('--chart-plot', 340),
    plotCompact: pixels('--chart-plot-compact', 220),
  };
}

/** Calls back when the person's colour scheme changes; returns how to stop listening. */
export function onSchemeChange(listener: () => void): () => void {
  if (typeof window.matchMedia !== 'function') return () => undefined;
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
