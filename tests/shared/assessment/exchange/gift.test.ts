import { describe, expect, it } from 'vitest';
import { readGift } from '@shared/assessment/exchange/gift';
import { codesOf, foreignFile, itemsOf, linesOf } from './support';

/** Milliseconds on a busy machine; anything quadratic in a million characters takes minutes. */
const quickly = 8000;

const read = (source: string) => readGift(source, foreignFile);

const sample = `// 一份样例
$CATEGORY: 健康/用药

::K-20-ME-0007:: 用炭火取暖闻不到气味就不会中毒。{F#一氧化碳没有气味####一氧化碳无色无味。}

::没有题号的题::[html]<p>普通感冒大多由什么引起？</p> {
  =病毒
  ~细菌#细菌与病毒不分
  ~真菌
  ~寄\\=生虫 \\{少见\\}
}

下面哪些能预防流感？（可以选多个） {
  ~%50%接种疫苗
  ~%50%勤洗手
  ~%-100%吃抗菌药
}

把器官和作用配对。 {
  =心脏 -> 输送血液
  =肺 -> 交换气体
  =胃 -> 消化食物
}

人体最大的器官是{=皮肤 ~心脏 ~肝脏 ~大脑}，它保护身体。
`;

describe('a GIFT file', () => {
  it('gives statements, choices and pairs as items, each with its place filled in', () => {
    const items = itemsOf(read(sample));
    expect(items.map(({ id, type, stem, key }) => [id, type, stem, key])).toEqual([
      ['K-20-ME-0007', 'tf', '用炭火取暖闻不到气味就不会中毒。', ['错']],
      ['K-17-LH-X001', 'single', '普通感冒大多由什么引起？', ['A']],
      ['K-17-LH-X002', 'multi', '下面哪些能预防流感？（可以选多个）', ['A', 'B']],
      ['K-17-LH-X003', 'match', '把器官和作用配对。', expect.any(Array)],
      ['K-17-LH-X004', 'single', '人体最大的器官是____，它保护身体。', ['A']],
    ]);
    expect(items[0]).toMatchObject({ dimension: 'K', area: 'ME', benchmark: { no: 20 }, status: 'draft' });
    expect(items[0]?.rationale).toBe('一氧化碳无色无味。');
    expect(items[1]?.options?.map(({ text, misconception }) => [text, misconception])).toEqual([
      ['病毒', undefined],
      ['细菌', '细菌与病毒不分'],
      ['真菌', undefined],
      ['寄=生虫 {少见}', undefined],
    ]);
  });

  it('keeps each left side with its right side', () => {
    const match = itemsOf(read(sample)).find(({ type }) => type === 'match');
    const pairs = (match?.key ?? []).map((pair) => [
      match?.options?.find(({ id }) => id === pair[0])?.text,
      match?.targets?.find(({ id }) => id === pair[1])?.text,
    ]);
    expect(pairs).toEqual([
      ['心脏', '输送血液'],
      ['肺', '交换气体'],
      ['胃', '消化食物'],
    ]);
  });

  it('says which line leaves out its category', () => {
    expect(read(sample).warnings.map(({ row, params }) => [row, params['what']])).toEqual([[2, '题目分类']]);
  });

  it.each([
    ['说明：水在一百度沸腾是对的。 {T', 'ITEM_FILE_SYNTAX'],
    ['没有答案的一道题目在这里。', 'ITEM_FILE_SYNTAX'],
    ['两处答案：前面 {T} 后面又有 {F}', 'ITEM_FILE_SYNTAX'],
    ['答案没有标记的一道题目 {病毒}', 'ITEM_FILE_SYNTAX'],
    ['请写一写你的看法和理由。 {}', 'ITEM_TYPE_NOT_SUPPORTED'],
    ['一年有多少天，请填写。 {#365:1}', 'ITEM_TYPE_NOT_SUPPORTED'],
    ['我国的首都是哪一座城市？ {=北京 =北京市}', 'ITEM_TYPE_NOT_SUPPORTED'],
    ['只有三个选项的一道单选题 {=一 ~二 ~三}', 'ITEM_RULE_BROKEN'],
    ['短{T}', 'ITEM_RULE_BROKEN'],
  ])('with %j is refused at its line, and nothing is imported', (question, code) => {
    const result = read(`// 注释\n\n水在海平面上一百度沸腾。{T}\n\n${question}\n`);
    expect(result.items).toEqual([]);
    expect(codesOf(result)).toEqual([code]);
    expect(linesOf(result)).toEqual([5]);
  });

  it('is refused without questions', () => {
    expect(codesOf(read('// 只有注释\n\n'))).toEqual(['TABLE_EMPTY']);
  });

  it.each([
    ['open braces', '{'.repeat(1_000_000)],
    ['escapes', `题目${'\\'.repeat(1_000_000)}{T}`],
    ['answers', `题目题目题目题目{${'~x'.repeat(500_000)}}`],
    ['arrows', `题目题目题目题目{${'=a->b '.repeat(200_000)}}`],
    ['tags', `${'<p '.repeat(300_000)}{T}`],
    ['colons', `::${':'.repeat(1_000_000)}`],
    ['words', `${'题'.repeat(1_000_000)}{T}`],
  ])('of a million %s on one line is refused quickly', (_what, source) => {
    const start = performance.now();
    const result = read(source);
    expect(result.items).toEqual([]);
    expect(result.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(result.errors).length).toBeLessThan(2000);
    expect(performance.now() - start).toBeLessThan(quickly);
  });
});
