/** PNG, SVG and text of a chart. A picture leaves the screen with its title and where it comes from. */
import type { ChartOption } from './chartTypes';
import type { ExportableChart } from './chartFrame';
import { chartLocale, init } from './echarts';
import type { ChartTheme } from './theme';

export interface Caption {
  readonly title: string;
  readonly provenance: string;
}

const exportWidth = 960;
const margin = 24;
const pixelRatio = 2;

/** The same chart with its caption above. */
function captioned(
  option: ChartOption,
  caption: Caption,
  theme: ChartTheme,
): { option: ChartOption; head: number } {
  const head = margin + theme.text * 2 + theme.textSmall * 2;
  const grid = (Array.isArray(option.grid) ? option.grid[0] : option.grid) ?? {};
  return {
    head,
    option: {
      ...option,
      backgroundColor: theme.surface,
      title: {
        text: caption.title,
        subtext: caption.provenance,
        left: 0,
        padding: 0,
        top: margin,
        textStyle: { color: theme.ink, fontSize: theme.text + 3, fontFamily: theme.font },
        subtextStyle: { color: theme.ink2, fontSize: theme.textSmall, fontFamily: theme.font },
      },
      grid: { ...grid, top: Number(grid.top ?? 0) + head },
    },
  };
}

function drawn(
  chart: ExportableChart,
  caption: Caption,
  look: { theme: ChartTheme; renderer: 'svg' | 'canvas' },
) {
  const width = Math.max(exportWidth, chart.width());
  const built = chart.build(width);
  const { option, head } = captioned(built.option, caption, look.theme);
  const size = { width, height: built.height + head };
  const isSvg = look.renderer === 'svg';
  const instance = isSvg
    ? init(null, null, { renderer: 'svg', ssr: true, locale: chartLocale, ...size })
    : init(document.createElement('div'), null, {
        renderer: 'canvas',
        locale: chartLocale,
        devicePixelRatio: pixelRatio,
        ...size,
      });
  instance.setOption(option);
  return instance;
}

export function svgOf(chart: ExportableChart, caption: Caption, theme: ChartTheme): string {
  const instance = drawn(chart, caption, { theme, renderer: 'svg' });
  const svg = instance.renderToSVGString();
  const [width, height] = [instance.getWidth() + 2 * margin, instance.getHeight() + margin];
  instance.dispose();
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  const ground = `<rect width="100%" height="100%" fill="${theme.surface}"/>`;
  return `${sheet}${ground}${svg.replace('<svg ', `<svg x="${margin}" `)}</svg>`;
}

export function pngOf(chart: ExportableChart, caption: Caption, theme: ChartTheme): Promise<Blob | null> {
  const instance = drawn(chart, caption, { theme, renderer: 'canvas' });
  const picture = instance.renderToCanvas({ pixelRatio, backgroundColor: theme.surface });
  const sheet = document.createElement('canvas');
  const edge = margin * pixelRatio;
  sheet.width = picture.width + 2 * edge;
  sheet.height = picture.height + edge;
  const pen = sheet.getContext('2d');
  if (pen !== null) {
    pen.fillStyle = theme.surface;
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(picture, edge, 0);
  }
  instance.dispose();
  return new Promise((resolve) => {
    sheet.toBlob(resolve, 'image/png');
  });
}

export function download(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A table as tab-separated text, which Excel takes over cell by cell. */
export function tableText(table: HTMLTableElement): string {
  const cell = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  return [...table.rows].map((row) => [...row.cells].map(cell).join('\t')).join('\n');
}

/** Puts text on the clipboard; false when the system refuses. */
export async function copyText(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

/** A file name without signs that Windows forbids. */
export const fileNameOf = (title: string): string => title.replace(/[\\/:*?"<>|]/g, '_');
