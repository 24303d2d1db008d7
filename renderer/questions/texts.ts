/** Words the question components themselves show. */
import type { QuestionKindName } from '@shared/questions/kinds';

export const kindLabels: Readonly<Record<QuestionKindName, string>> = {
  single: '单选',
  multi: '多选',
  trueFalse: '判断',
  number: '填数',
  yearMonth: '年月',
  text: '填写',
  scale: '逐项选择',
  ordering: '排序',
  matching: '配对',
};

export const multiHint = (maximum: number | undefined): string =>
  maximum === undefined ? '可以选多个' : `可以选多个，最多 ${maximum} 个`;

export const orderHint = (places: number, total: number): string =>
  places === total ? '按顺序点选；再点一次可以取消' : `按顺序点选 ${places} 个；再点一次可以取消`;
