/** Weighting recipes in everyday words. */
import type { SurveySettings, WeightingRecipe } from '@shared/domain/survey';
import type { Option } from '../wizard/fields/option';
import { weightingOptions } from '../wizard/texts';
import type { WeightingKey } from '../wizard/texts';

/** Whole recipe in one sentence, for a reader who never weighted anything. */
export function recipeSentence(recipe: WeightingRecipe): string {
  switch (recipe.kind) {
    case 'given':
      return '导入的表里已有最终权数：每份答卷代表多少人由数据说了算，软件不再调整。';
    case 'equal':
      return '没有权数：每份答卷记 1，比例只代表受访者本身，不能推到全体居民。';
    case 'calibrated':
      return recipe.method === 'raking'
        ? '先取数据中的基础权数，再按每个变量的总体人数轮流调整，直到各类人的加权合计都与总体一致。'
        : '先取数据中的基础权数，再按交叉分组的总体人数各乘一个系数，使每一格的加权合计与总体一致。';
  }
}

/** What a calibrated recipe still lacks; null when it can be used. */
export function recipeGap(settings: Pick<SurveySettings, 'weighting'>, hasMargins: boolean): string | null {
  if (settings.weighting.kind !== 'calibrated' || hasMargins) return null;
  return '还没有导入总体人数，校准无法进行。请在下面导入。';
}

export const recipeOptions = (basis: SurveySettings['basis']): readonly Option<WeightingKey>[] =>
  weightingOptions.map((option) =>
    option.value === 'equal' && basis === 'probability'
      ? { ...option, unavailable: '概率样本不能用等权：各人入样概率不同。' }
      : option,
  );
