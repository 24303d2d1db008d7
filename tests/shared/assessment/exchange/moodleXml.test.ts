import { describe, expect, it } from 'vitest';
import { readMoodleXml } from '@shared/assessment/exchange/moodleXml';
import { readXml } from '@shared/assessment/exchange/xmlReader';
import { codesOf, foreignFile, itemsOf, linesOf } from './support';

/** Milliseconds on a busy machine; anything quadratic in a million characters takes minutes. */
const quickly = 8000;

const read = (source: string) => readMoodleXml(source, foreignFile);

const quiz = (questions: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions}\n</quiz>\n`;

const text = (tag: string, words: string): string => `<${tag} format="html"><text>${words}</text></${tag}>`;
const answer = (fraction: number, words: string, feedback = ''): string =>
  `<answer fraction="${fraction}"><text>${words}</text>${text('feedback', feedback)}</answer>`;

const sample = quiz(
  [
    '<question type="category"><category><text>健康</text></category></question>',
    `<question type="truefalse">${text('name', '感冒')}${text('questiontext', '<![CDATA[<p>感冒都要吃抗菌药。</p>]]>')}` +
      `${text('generalfeedback', '多由病毒引起&#x3002;')}<idnumber>K-17-LH-0031</idnumber>` +
      `${answer(0, 'true')}${answer(100, 'false')}<tags><tag><text>合理用药</text></tag></tags></question>`,
    `<question type="multichoice">${text('name', '二')}${text('questiontext', '水的化学式是 H&lt;sub&gt;2&lt;/sub&gt;O 吗？')}` +
      `<single>true</single>${answer(100, '是')}${answer(0, '不是', '看错了')}${answer(0, '有时')}${answer(0, '不清楚')}</question>`,
    `<question type="multichoice">${text('name', '三')}${text('questiontext', '下面哪些能预防流感？')}` +
      `<single>false</single>${answer(60, '疫苗')}${answer(40, '洗手')}${answer(-100, '抗菌药')}</question>`,
    `<question type="matching">${text('name', '四')}${text('questiontext', '把器官和作用配对。')}` +
      ['心脏=输送血液', '肺=交换气体', '胃=消化食物', '=储存胆汁']
        .map((pair) => pair.split('='))
        .map(
          ([left = '', right = '']) =>
            `<subquestion><text>${left}</text><answer><text>${right}</text></answer></subquestion>`,
        )
        .join('') +
      '</question>',
    `<question type="ordering">${text('name', '五')}${text('questiontext', '从小到大排好次序。')}` +
      `${answer(1, '细胞')}${answer(1, '组织')}${answer(1, '器官')}</question>`,
  ].join('\n'),
);

describe('a Moodle file', () => {
  it('gives statements, choices, pairs and orders as items', () => {
    const items = itemsOf(read(sample));
    expect(items.map(({ id, type, stem }) => [id, type, stem])).toEqual([
      ['K-17-LH-0031', 'tf', '感冒都要吃抗菌药。'],
      ['K-17-LH-X001', 'single', '水的化学式是 H2O 吗？'],
      ['K-17-LH-X002', 'multi', '下面哪些能预防流感？'],
      ['K-17-LH-X003', 'match', '把器官和作用配对。'],
      ['K-17-LH-X004', 'order', '从小到大排好次序。'],
    ]);
    expect(items).toMatchObject([
      { key: ['错'], rationale: '多由病毒引起。', topics: ['合理用药'] },
      { key: ['A'], options: [{}, { misconception: '看错了' }, {}, {}] },
      { key: ['A', 'B'] },
      { options: [{}, {}, {}], targets: [{}, {}, {}, {}] },
      {},
    ]);
    const order = items.at(-1);
    const wordOf = (id: string): string | undefined => order?.options?.find((each) => each.id === id)?.text;
    expect(order?.key.map(wordOf)).toEqual(['细胞', '组织', '器官']);
  });

  it('says what it left out, by line: category, markup and unequal points', () => {
    expect(read(sample).warnings.map(({ row, params }) => [row, params['what']])).toEqual([
      [3, '题目分类'],
      [5, '题目里的格式、图片或链接'],
      [6, '部分给分的比例（按全对给分）'],
    ]);
  });

  it.each([
    [
      'a hundred answers',
      quiz(`<question type="multichoice">${answer(0, '甲').repeat(100)}</question>`),
      'ITEM_FILE_SYNTAX',
      3,
    ],
    ['an essay', quiz('<question type="essay"></question>'), 'ITEM_TYPE_NOT_SUPPORTED', 3],
    [
      'a statement without key',
      quiz(`<question type="truefalse">${answer(100, '对')}</question>`),
      'ITEM_FILE_SYNTAX',
      3,
    ],
    ['an unclosed tag', '<quiz>\n<question type="essay">\n', 'ITEM_XML_REFUSED', 3],
    ['crossed tags', '<quiz>\n<a><b></a></b>\n</quiz>', 'ITEM_XML_REFUSED', 2],
    ['a tag cut short', '<quiz>\n<question type="es', 'ITEM_XML_REFUSED', 2],
    ['an attribute twice', '<quiz>\n<a b="1" b="2"/></quiz>', 'ITEM_XML_REFUSED', 2],
    ['a bare ampersand', '<quiz>\n<a>A & B</a></quiz>', 'ITEM_XML_REFUSED', 2],
    ['an HTML entity', '<quiz><a>&nbsp;</a></quiz>', 'ITEM_XML_REFUSED', 1],
    ['a forbidden character', '<quiz><a>&#0;</a></quiz>', 'ITEM_XML_REFUSED', 1],
    ['two roots', '<quiz></quiz>\n<quiz></quiz>', 'ITEM_XML_REFUSED', 2],
    ['another root', '<html></html>', 'ITEM_XML_REFUSED', 1],
    ['words alone', '这不是 XML', 'ITEM_XML_REFUSED', 1],
    ['a processing instruction', '<quiz><?php echo 1 ?></quiz>', 'ITEM_XML_REFUSED', 1],
    ['nothing', '', 'ITEM_XML_REFUSED', 1],
  ])('with %s is refused at its line', (_what, source, code, line) => {
    const result = read(source);
    expect(result.items).toEqual([]);
    expect(codesOf(result)[0]).toBe(code);
    expect(linesOf(result)[0]).toBe(line);
  });

  it.each([
    [
      'an entity bomb',
      '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>',
    ],
    ['an outside entity', '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'],
    ['a hundred thousand open tags', '<quiz>'.repeat(100_000)],
    ['a million characters in a tag', `<quiz ${'a'.repeat(1_000_000)}>`],
    ['a million blanks in a tag', `<quiz${' '.repeat(1_000_000)}x>`],
    ['a million ampersands', `<quiz>${'&'.repeat(1_000_000)}</quiz>`],
    ['an open comment', `<quiz><!--${'-'.repeat(1_000_000)}`],
    ['a million quotes', `<quiz a=${'"'.repeat(1_000_001)}>`],
  ])('that is %s is refused quickly and not expanded', (_what, source) => {
    const start = performance.now();
    const result = read(source);
    expect(result.items).toEqual([]);
    expect(codesOf(result)[0]).toBe('ITEM_XML_REFUSED');
    expect(performance.now() - start).toBeLessThan(quickly);
  });

  it('of two hundred thousand small elements on one line is read in a moment', () => {
    const start = performance.now();
    const xml = readXml(`<quiz>${'<a/>'.repeat(200_000)}</quiz>`);
    expect(xml.ok && xml.root.children.length).toBe(200_000);
    expect(performance.now() - start).toBeLessThan(quickly);
  });

  it('cannot reach an object through an attribute or a kind', () => {
    const xml = readXml('<quiz constructor="x" __proto__="y"/>');
    expect(xml.ok && xml.root.attributes['constructor']).toBe('x');
    expect(codesOf(read(quiz('<question type="constructor"/>')))[0]).toBe('ITEM_TYPE_NOT_SUPPORTED');
  });
});
