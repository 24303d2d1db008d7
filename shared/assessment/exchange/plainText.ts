/** Text of a piece of HTML as quiz systems export it. Tags are left out, never interpreted. */

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Tags that only wrap text: leaving them out loses nothing. */
const harmless = ['p', 'br', 'div', 'span', 'font'];

const tagPattern = /<\/?([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/giu;

export interface PlainText {
  readonly text: string;
  /** Whether something that carried meaning (emphasis, picture, link, script) was left out. */
  readonly hasDropped: boolean;
}

/** @example plainText('<p>水&nbsp;<b>沸</b>了</p>') → { text: '水 沸了', hasDropped: true } */
export function plainText(html: string): PlainText {
  let hasDropped = false;
  const bare = html.replace(tagPattern, (_, tag: string) => {
    const name = tag.toLowerCase();
    hasDropped ||= !harmless.includes(name);
    return name === 'br' ? ' ' : '';
  });
  const text = bare.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => named[name] ?? whole);
  return { text: text.replace(/\s+/gu, ' ').trim(), hasDropped };
}
