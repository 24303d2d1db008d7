/** Headers, other names and notes of the item workbook's columns, by the place of the value in an item. */
import { maximumItems } from '../assessment/exchange/limits';
import { contentAreaLabels, itemDimensionLabels } from './itemTexts';

export interface ColumnText {
  readonly header: string;
  /** Further names met in real files. */
  readonly names: readonly string[];
  /** What may be written, for row 2 and the guide. */
  readonly note: string;
}

const text = (header: string, note: string, ...names: readonly string[]): ColumnText => ({
  header,
  note,
  names,
});

const codesOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([code, label]) => `${code} ${label}`)
    .join('；');

const columnTexts: Readonly<Record<string, ColumnText>> = {
  id: text('题号', '维度-基准号-领域-编号，如 K-17-LH-0012', '题目编号', '试题编号', 'id'),
  version: text('版本', '如 1.0.0；不填按 1.0.0'),
  status: text('状态', '草稿/待审/试测/启用/暂停/退役；不填按草稿'),
  dimension: text('维度', codesOf(itemDimensionLabels), '测评维度', '所属范围'),
  'benchmark.no': text('基准号', '1–26（2016 年《基准》）', '基准', '基准编号'),
  'benchmark.point': text('基准点号', '1–132，可不填', '基准点'),
  area: text('内容领域', codesOf(contentAreaLabels), '领域', '题目分类', '分类'),
  topics: text('主题标签', '用；分隔', '标签', '知识点', '知识点名称', '主题'),
  cognitive: text('认知层次', '知道/理解/应用/推理', '认知水平'),
  knowledge: text('知识类型', '内容性知识/程序性知识/认识性知识'),
  type: text('题型', '判断/单选/多选/排序/匹配/图表', '题目类型', '试题类型', '类型'),
  stimulus: text('材料编号', '与“材料”表的编号一致', '材料'),
  stem: text('题干', '6–120 字', '试题', '题目', '题目内容', '试题内容', '问题', '题目题干'),
  key: text('答案', 'B 或 A,C 或 对/错 或 B>D>A>C 或 A2,B1', '正确答案', '正确选项', '标准答案', '参考答案'),
  rationale: text('解析', '为什么对、为什么错', '答案解析', '题目解析', '试题解析'),
  review_due: text('复核到期日', '如 2027-11-22', '复核日期'),
  'difficulty.p_prior': text('预估正确率', '0–1 之间，如 0.55', '正确率'),
  'difficulty.se': text('预估误差', '0.02–0.3；不填按 0.12'),
  'difficulty.basis': text('预估方法', '已发表/专家/试测，写明出处'),
  'irt.b': text('难度b', '-6 到 6；不填由预估正确率换算'),
  'irt.a': text('区分度a', '大于 0；不填按 1', '区分度'),
  'irt.c': text('猜测度c', '0–0.5；不填按 0', '猜测度'),
  'irt.se_b': text('难度标准误', '可不填'),
  'irt.scale': text('量尺', '可不填'),
  'irt.model': text('测量模型', 'Rasch/2PL/3PL/GPCM；不填按 2PL'),
  'irt.source': text('参数来源', '预估/试测/正式；不填按预估'),
  time_sec: text('预计秒数', '5–180', '预计时间', '答题时间'),
  access: text('无障碍说明', '读题、字号、替代方式', '可读题'),
  sensitivity: text('敏感性说明', '没有请写“无”', '敏感性'),
  enemies: text('互斥题号', '不能同卷的题号，用；分隔', '互斥题'),
  'anchor.is_anchor': text('锚题', '是/否', '是否锚题'),
  'anchor.years': text('锚题年份', '用过的年份，用；分隔'),
  shuffle: text('选项可乱序', '是/否', '可乱序'),
  dk: text('提供不知道', '是/否；不填按是'),
  'scoring.points': text('分值', '不填按 2', '分数'),
  'scoring.rule': text('计分规则', '全对给分；不填按全对给分'),
  authors: text('命题人', '用；分隔', '出题人'),
  'reviewers.content': text('内容审', '已审并通过的人，用；分隔'),
  'reviewers.language': text('语言审', '已审并通过的人，用；分隔'),
  'reviewers.sensitivity': text('敏感审', '已审并通过的人，用；分隔'),
  'exposure.public': text('已公开', '是/否'),
  'exposure.n_forms': text('已用卷数', '可不填'),
  'exposure.n_resp': text('已答人数', '可不填'),
  'exposure.last_used': text('最近使用', '如 2026-11-22'),
  'exposure.cap_rate': text('曝光上限', '0–1，如 0.25'),
  'pisa.competency': text('PISA能力', '可不填'),
  'pisa.context': text('PISA情境', '可不填'),
  lang: text('语言', 'zh-CN，可不填'),
  status_note: text('备注', '可不填', '说明'),
  stats: text('历次统计', '由软件填写，请勿改动'),
  hash: text('校验值', '由软件填写，请勿改动'),
};

const referenceTexts: Readonly<Record<string, (number: number) => ColumnText>> = {
  ref: (number) => text(`依据${number}编号`, '已在“依据”表里的编号；没有可不填'),
  title: (number) => text(`依据${number}名称`, '法规、标准、指南、教材的名称'),
  issuer: (number) => text(`依据${number}发布单位`, '发布或出版单位'),
  clause: (number) => text(`依据${number}文号日期条款`, '文号、日期、条款'),
  fact: (number) => text(`依据${number}事实`, '依据里支持答案的那一句'),
};

const letterTexts: Readonly<Record<string, (id: string) => ColumnText>> = {
  options: (id) => text(`选项${id}`, '40 字以内；判断题不填', `答案${id}`, `${id}选项`, id),
  targets: (id) => text(`配对项${id}`, '只有匹配题填'),
  misconceptions: (id) => text(`${id}错因`, '选错的人怎么想的；正确选项不填', `选项${id}错因`),
};

const furtherTexts: Readonly<Record<string, ColumnText>> = {
  'materials.id': text('编号', '如 ST-001'),
  'materials.kind': text('类型', '文字/表格/图片'),
  'materials.title': text('标题', '可不填'),
  'materials.text': text('正文', '文字材料必填'),
  'materials.table': text('表格', '每行一行，格与格用 | 分开；表格材料必填'),
  'materials.unit': text('单位', '可不填'),
  'materials.alt': text('替代文字', '表格和图片必填，供朗读'),
  'pictures.id': text('材料编号', '图片材料的编号，与“材料”表一致'),
  'pictures.part': text('段号', '由软件填写，请勿改动'),
  'pictures.mediaType': text('格式', 'image/png 或 image/jpeg'),
  'pictures.width': text('宽', '像素'),
  'pictures.height': text('高', '像素'),
  'pictures.data': text('内容', '由软件填写，请勿改动；新图片请在软件里上传'),
  'references.id': text('编号', '如 REF-KJYW'),
  'references.title': text('名称', '全称'),
  'references.issuer': text('发布单位', '发布或出版单位', '单位'),
  'references.type': text('类别', '法律/标准/指南/教材/论文等'),
  'references.date': text('日期', '发布或施行日期'),
  'references.clause': text('条款', '可不填'),
  'references.status': text('状态', '现行不填；被替代或废止的写明'),
  'references.further': text('其他', '由软件填写，请勿改动'),
  'reviews.item': text('题号', '与“题目”表一致'),
  'reviews.by': text('审题人', '姓名'),
  'reviews.role': text('角色', 'content/language/sensitivity 等'),
  'reviews.at': text('日期', '如 2026-11-22'),
  'reviews.verdict': text('结论', 'accept/revise/reject 等'),
  'reviews.note': text('意见', '可不填'),
  'history.item': text('题号', '与“题目”表一致'),
  'history.at': text('日期', '如 2026-11-22'),
  'history.by': text('修订人', '姓名'),
  'history.what': text('内容', '改了什么'),
  'history.from': text('原版本', '可不填'),
  'history.to': text('新版本', '可不填'),
};

export const itemSheetName = '题目';
export const furtherSheetNames = {
  materials: '材料',
  pictures: '图片',
  references: '依据',
  reviews: '审题记录',
  history: '修订记录',
} as const;
export const codeSheetName = '代码表';

const unknownText: ColumnText = text('', '');

/** Texts of a column of the sheet 题目. */
export function columnText(path: string): ColumnText {
  const [head = '', index = '', field = ''] = path.split('.');
  if (head === 'references') return referenceTexts[field]?.(Number(index) + 1) ?? unknownText;
  return columnTexts[path] ?? letterTexts[head]?.(index) ?? unknownText;
}

/** Texts of a column of a further sheet. */
export const furtherColumnText = (sheet: string, path: string): ColumnText =>
  furtherTexts[`${sheet}.${path}`] ?? unknownText;

export const itemGuideNotes: readonly string[] = [
  '一、在“题目”表中填写，每题一行，从第 3 行开始；第 1 行是列名，第 2 行是填写说明，不要改。',
  '二、带 * 的列必填。全部单元格请设为“文本”格式，不要使用公式、合并单元格和宏。',
  '三、几道题共用的材料写在“材料”表，题目里只填材料编号；依据可写在题目行里，也可写在“依据”表里再引用编号。',
  '四、外来的题目表也能读：全角半角、ABC 或 A,B 或 A、B、对/错/√/× 都认；没有的列可在导入时指定缺省值。',
  `五、一次最多 ${maximumItems} 道题。只要有一处错误就不会导入任何一题，软件会给出每一处的位置和改法。`,
];

export const guideHeaders = ['列名', '是否必填', '可填内容', '其他写法'] as const;
export const requiredWords = { true: '必填', false: '可不填' } as const;

/** Words for what another system's file does not hold. */
export const completionTexts = {
  difficulty: '导入时没有预估，占位 0.5，待专家评定',
  issuer: '（导入的文件）',
  referenceType: '待补依据',
  fact: '导入的文件没有写依据，待补',
} as const;

/** Things of other systems' files that have no place in an item. */
export const droppedTexts = {
  noName: '没有列名的一列',
  options: '判断题的选项',
  weights: '部分给分的比例（按全对给分）',
  feedback: '选项反馈里的格式',
  markup: '题目里的格式、图片或链接',
  category: '题目分类',
  otherQuestion: '一道本软件不支持的题',
} as const;

/** What is wrong with a text or XML file, without the full stop. */
export const fileProblemTexts = {
  tooLong: '文件太长，一次最多约 800 万字',
  giftOpen: '这道题没有用 { 开始的答案',
  giftClose: '答案没有用 } 结束',
  giftTwice: '一道题里有两处答案；两道题之间要有空行',
  manyAnswers: '一道题的答案超过 26 个',
  giftAnswers: '答案里没有 = 或 ~ 开头的选项',
  xmlDoctype: '文件里有 DOCTYPE 或实体定义，为安全起见不读取',
  xmlEntity: '文件里有不认识的实体',
  xmlTag: '标签没有写完或写错',
  xmlClosing: '结束标签与开始标签不对应，或没有结束',
  xmlDepth: '标签套得太深',
  xmlRoot: '不是 Moodle 题库文件（最外层应是 quiz）',
  xmlText: '标签之外有文字，或文件在中途断了',
  tfAnswer: '判断题没有标明对错',
} as const;
export type FileProblem = keyof typeof fileProblemTexts;
