/**
 * Running foot of every printed page: number of the paper, page, version. Every copy is a named page of its own, so
 * that a loose sheet finds its paper; the rules depend on the numbers and are therefore made here.
 */
import { formatPaperNumber } from '@shared/paper/paperNumber';
import { paperFormTexts } from '@shared/texts/paperFormTexts';

let sheet: CSSStyleSheet | null = null;

export const pageName = (number: number): string => `paper-${number}`;

const foot = (number: number, versionMark: string): string => {
  const { paperNumber, pageNumber, versionMark: version } = paperFormTexts;
  const left = number === 0 ? '' : `${paperNumber} ${formatPaperNumber(number)}`;
  return `@page ${pageName(number)} {
    size: A4; margin: 16mm 15mm 18mm;
    @bottom-left { content: "${left}"; font-size: 10pt; }
    @bottom-center { content: "${pageNumber.before}" counter(page) "${pageNumber.after}"; font-size: 10pt; }
    @bottom-right { content: "${version(versionMark)}"; font-size: 10pt; }
  }
  .${pageName(number)} { page: ${pageName(number)}; }`;
};

export function removePageStyles(): void {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  sheet = null;
}

export function installPageStyles(numbers: readonly number[], versionMark: string): void {
  removePageStyles();
  const made = new CSSStyleSheet();
  made.replaceSync(numbers.map((number) => foot(number, versionMark)).join('\n'));
  sheet = made;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, made];
}
