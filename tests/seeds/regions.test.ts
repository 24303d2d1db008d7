import { describe, expect, it } from 'vitest';
import {
  ancestryOf,
  childrenOf,
  findRegion,
  isRegionValidIn,
  matchRegion,
  regionTreeSchema,
  successorsIn,
  withoutOverlaps,
} from '@shared/domain/region';
import type { Region, RegionMatch, RegionMatchScope } from '@shared/domain/region';
import { loadRegionTree, readJson } from './planSeeds';

const tree = loadRegionTree();
const names = (regions: readonly Region[]): readonly string[] => regions.map((region) => region.name);
const years = Array.from({ length: 2036 - 2005 }, (_, index) => 2005 + index);

function found(text: string, scope: RegionMatchScope = {}): string {
  const match: RegionMatch = matchRegion(tree, text, scope);
  return match.kind === 'one' ? match.region.code : match.kind;
}

describe('the region register', () => {
  it('follows the schema', () => {
    expect(regionTreeSchema.safeParse(readJson('seeds/regions/regions.json')).success).toBe(true);
  });

  it('has no orphan: every region leads up to the country', () => {
    const orphans = tree.regions.filter((region) => ancestryOf(tree, region.code).at(-1)?.code !== '000000');
    expect(names(orphans)).toEqual([]);
  });

  it('uses each code once, and each name once among siblings of one year', () => {
    expect(new Set(tree.regions.map((region) => region.code)).size).toBe(tree.regions.length);
    for (const year of years) {
      const inUse = tree.regions.filter((region) => isRegionValidIn(region, year));
      const keys = inUse.map((region) => `${String(region.parent)} ${region.name}`);
      expect(new Set(keys).size, String(year)).toBe(keys.length);
    }
  });

  it('gives children codes that begin like their parent', () => {
    const digits = { country: 0, province: 2, prefecture: 4, county: 6, township: 9 } as const;
    const strays = tree.regions.filter((region) => {
      const parent = region.parent === null ? null : findRegion(tree, region.parent);
      return parent !== null && !region.code.startsWith(parent.code.slice(0, digits[parent.level]));
    });
    expect(names(strays)).toEqual([]);
  });

  it('resolves every successor and every containing area', () => {
    for (const region of tree.regions) {
      const codes = [...region.successors, ...(region.locatedIn === null ? [] : [region.locatedIn])];
      for (const code of codes) expect(findRegion(tree, code), `${region.code} -> ${code}`).not.toBeNull();
      if (region.locatedIn !== null) expect(findRegion(tree, region.locatedIn)?.parent).toBe(region.parent);
    }
  });

  it('ends a code with successors, and marks every area without a national code as our own', () => {
    for (const region of tree.regions) {
      expect(region.successors.length > 0, region.code).toBe(region.validTo !== null);
      expect(region.codeKind === 'own', region.code).toBe(/-F|^000000$/.test(region.code));
    }
  });

  it.each([
    ['320000', '江苏省'],
    ['320500', '苏州市'],
    ['320583', '昆山市'],
    ['320803', '淮安区'],
    ['320804', '淮阴区'],
    ['320812', '清江浦区'],
    ['320813', '洪泽区'],
    ['321000', '扬州市'],
    ['371500', '聊城市'],
    ['371503', '茌平区'],
  ])('knows %s as %s', (code, name) => {
    expect(findRegion(tree, code)?.name).toBe(name);
  });

  it('writes the initials of names with unusual readings as they are read', () => {
    const initials = (code: string): string | undefined => findRegion(tree, code)?.pinyin;
    expect(['371524', '371522', '371503', '320830'].map(initials)).toEqual(['dex', 'sx', 'cpq', 'xyx']);
  });
});

describe('the children of a place in a year', () => {
  it('are the ten units of 苏州 in 2025', () => {
    expect(names(childrenOf(tree, '320500', 2025)).toSorted()).toEqual(
      ['吴中区', '吴江区', '太仓市', '姑苏区', '常熟市', '张家港市', '昆山市', '相城区', '苏州工业园区', '虎丘区'].toSorted(),
    );
  });

  it('change with the divisions: 茌平县 before 2019, 茌平区 since', () => {
    const namesIn = (year: number): readonly string[] => names(childrenOf(tree, '371500', year));
    expect(namesIn(2018)).toContain('茌平县');
    expect(namesIn(2018)).not.toContain('茌平区');
    expect(namesIn(2019)).toContain('茌平区');
    expect(namesIn(2019)).not.toContain('茌平县');
  });

  it('leave out contained areas when overlaps must not be counted twice', () => {
    expect(withoutOverlaps(childrenOf(tree, '371500', 2025))).toHaveLength(8);
    expect(withoutOverlaps(childrenOf(tree, '321000', 2025))).toHaveLength(7);
    expect(withoutOverlaps(childrenOf(tree, '320583', 2023))).toHaveLength(9);
    expect(withoutOverlaps(childrenOf(tree, '320583', 2020))).toHaveLength(11);
  });

  it('are thirteen towns and streets and one zone for 淮阴区 in the edition of 2023', () => {
    expect(childrenOf(tree, '320804', 2023)).toHaveLength(14);
  });

  it('follow a dissolved county to its successor', () => {
    const qinghe = findRegion(tree, '320802');
    expect(qinghe === null ? [] : names(successorsIn(tree, qinghe, 2020))).toEqual(['清江浦区']);
  });
});

describe('matching a cell of a workbook', () => {
  it.each([
    ['320583', '320583'],
    ['320583000000', '320583'],
    ['３２０５８３', '320583'],
    ['320583103000', '320583103'],
    [' 昆山 市 ', '320583'],
    ['昆山', '320583'],
    ['淮安', '320800'],
    ['淮安区', '320803'],
    ['蜀冈-瘦西湖风景名胜区', '321000-F2'],
    ['苏州高新区', '320505'],
    ['园区', '320576'],
    ['全国', '000000'],
  ])('%s is %s', (text, code) => {
    expect(found(text)).toBe(code);
  });

  it('leads a retired name or code to what it is now, or was in the year asked for', () => {
    expect(['茌平县', '清浦区', '320571'].map((text) => found(text))).toEqual(['371503', '320812', '320576']);
    expect(found('茌平县', { year: 2018 })).toBe('371523');
  });

  it('never guesses between places of the same name, but listens to the scope', () => {
    expect(found('高新区')).toBe('many');
    expect(found('高新区', { within: '371500' })).toBe('371500-F2');
    expect(found('高新区', { within: '320500', level: 'county' })).toBe('320505');
    expect(found('高新区', { within: '320583' })).toBe('320583100');
  });

  it('finds nothing for unknown, empty or out-of-scope words', () => {
    expect([found('桃花源区'), found('  '), found('昆山市', { within: '371500' })]).toEqual(['none', 'none', 'none']);
  });
});
