/** Small item workbooks as a person would fill in the template. */
import type { Cell } from './workbooks';
import { writeBook } from './workbooks';

const headers = [
  '题号',
  '维度',
  '基准号',
  '内容领域',
  '主题标签',
  '认知层次',
  '题型',
  '题干',
  '选项A',
  '选项B',
  '选项C',
  '选项D',
  '答案',
  '解析',
  '依据1名称',
  '依据1发布单位',
  '依据1事实',
  '预估正确率',
  '预估方法',
  '预计秒数',
  '命题人',
];

/** Two items; the second has no options. `expected` stands in the cell 预估正确率 of the first one. */
const rows = (expected: Cell): Cell[][] => [
  [
    'K-18-LH-9901',
    'K',
    18,
    'LH',
    '饮水',
    '理解',
    '单选',
    '村里的井水为什么要烧开了再喝？',
    '杀灭水里的病菌',
    '让水变得更甜',
    '让水变得更轻',
    '去掉水的颜色',
    'Ａ',
    '烧开能杀灭大多数病菌。',
    '生活饮用水卫生标准',
    '国家卫生健康委',
    '生活饮用水不得含有病原微生物。',
    expected,
    '专家',
    22,
    '张三',
  ],
  [
    'K-18-LH-9902',
    'K',
    18,
    'LH',
    '饮水',
    '理解',
    '判断',
    '看上去清澈的井水就一定没有病菌。',
    null,
    null,
    null,
    null,
    '×',
    '病菌用肉眼看不见。',
    '生活饮用水卫生标准',
    '国家卫生健康委',
    '生活饮用水不得含有病原微生物。',
    0.7,
    '专家',
    13,
    '张三',
  ],
];

export const newItemIds = ['K-18-LH-9901', 'K-18-LH-9902'] as const;

export const itemFileWithError = (): string =>
  writeBook('题目-有错.xlsx', '题目', [headers, ...rows('很容易')]);

export const goodItemFile = (): string => writeBook('题目.xlsx', '题目', [headers, ...rows(0.6)]);
