/** The one table of looks: fonts, fills, borders, row heights. Colours are ARGB; print stays readable in grey. */
import type { Alignment as ExcelAlignment, Border, Fill, Font } from '@cj-tech-master/excelts';
import type { Alignment, RowStyle } from '@shared/reports/sheetModel';

export interface Look {
  readonly font: Partial<Font>;
  readonly fill: Fill | null;
  readonly lineHeight: number;
}

const bodyFont = '宋体';
const headFont = '微软雅黑';
const ink = { argb: 'FF1F2933' };
const grey = { argb: 'FF5F6B76' };
const alarm = { argb: 'FFB42318' };

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const font = (size: number, bold = false, name = bodyFont): Partial<Font> => ({
  name,
  size,
  bold,
  color: ink,
});

const normal: Look = { font: font(10), fill: null, lineHeight: 15 };

export const rowLooks: Readonly<Record<RowStyle, Look>> = {
  normal,
  total: { font: font(10, true), fill: solid('FFEAF1F8'), lineHeight: 16 },
  section: { font: font(10.5, true, headFont), fill: solid('FFF3F5F7'), lineHeight: 18 },
  paragraph: { ...normal, lineHeight: 16 },
  lead: { font: font(12, true, headFont), fill: null, lineHeight: 21 },
  break: { font: { ...font(9.5), color: grey, italic: false }, fill: null, lineHeight: 15 },
  head: { font: font(10, true, headFont), fill: solid('FFD9E4EF'), lineHeight: 16 },
};

export const headerLook: Look = rowLooks.head;
export const bannerLook: Look = {
  font: { ...font(11, true, headFont), color: alarm },
  fill: solid('FFFDECEA'),
  lineHeight: 20,
};
export const titleLook: Look = { font: font(16, true, headFont), fill: null, lineHeight: 28 };
export const subtitleLook: Look = { font: { ...font(10), color: grey }, fill: null, lineHeight: 16 };
export const noteLook: Look = { font: { ...font(9.5), color: grey }, fill: null, lineHeight: 14.5 };
export const plotDataLook: Look = { font: { ...font(9), color: grey }, fill: null, lineHeight: 14.5 };

const hairline: Partial<Border> = { style: 'thin', color: { argb: 'FFB8C2CC' } };
export const gridBorder = { top: hairline, bottom: hairline, left: hairline, right: hairline } as const;

export const aligned = (horizontal: Alignment): Partial<ExcelAlignment> => ({
  horizontal,
  vertical: 'middle',
  wrapText: true,
});

export const chartColours = { point: '1F5A92', interval: '5F6B76', target: 'B42318' } as const;
