import { describe, expect, it } from 'vitest';
import { guessReasons } from '@shared/importing/headers';
import {
  describeProblem,
  guessReasonTexts,
  problemTexts,
  remedyTexts,
  roleLabels,
} from '@shared/importing/importTexts';
import { importProblemCodes, importRemedyCodes, remedyOf } from '@shared/importing/problems';
import { columnRole } from '@shared/importing/roles';
import { answerTable, check, table } from './support';

describe('import texts', () => {
  it('have a Chinese sentence for every problem and every remedy, and no others', () => {
    expect(Object.keys(problemTexts).sort()).toEqual([...importProblemCodes].sort());
    expect(Object.keys(remedyTexts).sort()).toEqual([...importRemedyCodes].sort());
    for (const text of [...Object.values(problemTexts), ...Object.values(remedyTexts)]) {
      expect(text).toMatch(/^.*\p{Script=Han}.*[。]$/u);
    }
  });

  it('use every remedy', () => {
    expect(new Set(Object.values(remedyOf))).toEqual(new Set(importRemedyCodes));
  });

  it('name every role and every reason of a guess', () => {
    expect(Object.keys(roleLabels).sort()).toEqual([...columnRole.options].sort());
    expect(Object.keys(guessReasonTexts).sort()).toEqual([...guessReasons].sort());
  });

  it('leave no place unfilled and no English code in the sentences of real errors', () => {
    const bad = check(
      answerTable([
        { 权重: 0, 性别: '?', 年龄: 'x', 区县: '外地', 层: null, 题: { 1: 'AB', 2: '?', 3: 'AAB', 6: '2' } },
        { 权重: '一', 结果码: '11', 年龄: 80 },
        {},
        { 样本编号: '003' },
      ]),
    );
    const mapping = check(
      table([
        ['性别', '性别'],
        ['男', '女'],
      ]),
    );
    const all = [...bad.errors, ...bad.warnings, ...mapping.errors, ...mapping.warnings];
    expect(new Set(all.map(({ code }) => code)).size).toBeGreaterThan(11);
    for (const error of all) {
      const { problem, remedy } = describeProblem(error);
      expect(`${problem}${remedy}`).not.toMatch(/[{}]|undefined|NaN|[a-z]{3,}/);
    }
  });

  it('say what happened and what to do', () => {
    const [error] = check(answerTable([{ 区县: '鼓楼区' }])).errors;
    expect(error && describeProblem(error)).toEqual({
      problem: '本调查没有这个区县。',
      remedy: '请填本调查的区县名称或代码：姑苏区、昆山市、苏州工业园区。',
    });
  });
});
