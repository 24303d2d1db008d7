/** `bank anchors`: the anchors a bank marks, or those proposed for a blueprint. */
import { dimensionLabel } from '@shared/texts/assemblyTexts';
import { anchoredBank } from '../../backend/usecases/assembleForms';
import { defineCommand } from '../command';
import { requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done, wrongUsage } from '../outcome';
import { textTable } from '../textTable';
import { bankOptions, findBankBlueprint, openBank } from './bankSource';

export const bankAnchorsCommand = defineCommand({
  name: 'bank anchors',
  summary: '列出锚题：题库已标的，或为某个蓝图推荐的',
  options: { ...bankOptions, blueprint: requiredText('ID', '蓝图编号，如 cast-2024-50') },
  notes: ['推荐不含随机数：难度分布与试卷一致，不用题组里的题，每条基准至多一道。'],
  examples: ['--blueprint cast-2024-50'],
  async run(values, surroundings): Promise<Outcome> {
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return source;
    const blueprint = findBankBlueprint(source.value, values.blueprint);
    if (!blueprint.ok) return blueprint;
    if (blueprint.value.anchors === undefined) return wrongUsage(`蓝图“${values.blueprint}”不用锚题。`);
    const { bank, anchors } = anchoredBank(source.value.bank, blueprint.value);
    const rows = anchors.itemIds.flatMap((id) => {
      const item = bank.items.find((each) => each.id === id);
      if (item === undefined) return [];
      return [
        [id, dimensionLabel(item.dimension), String(item.difficulty.p_prior), String(item.irt.b), item.stem],
      ];
    });
    const origin = anchors.source === 'bank' ? '题库已标的锚题' : '推荐的锚题（题库还没有标）';
    const table = textTable(
      [
        { header: '题号', align: 'left' },
        { header: '维度', align: 'left' },
        { header: '预期正确率', align: 'right' },
        { header: '难度b', align: 'right' },
        { header: '题干', align: 'left' },
      ],
      rows,
    );
    return done({ blueprintId: values.blueprint, ...anchors }, `${origin}，共${rows.length}道：\n${table}`);
  },
});
