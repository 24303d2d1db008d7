/** Chinese words for the identifiers of the domain: one table for screens, reports and the command line. */
import type { Disposition } from '../domain/disposition';
import type { AgeBand, EducationLevel, Grouping, KeyGroup, Residence, Sex } from '../domain/groups';
import type { Role } from '../domain/role';
import type { Basis, ModuleId } from '../domain/survey';
import type {
  FigureCaution,
  ResultWarning,
  SuppressionReason,
  Verdict,
  VerdictValue,
} from '../results/surveyResults';

export const sexLabels: Readonly<Record<Sex, string>> = { male: '男', female: '女' };
export const ageBandLabels: Readonly<Record<AgeBand, string>> = {
  '18-29': '18–29岁',
  '30-39': '30–39岁',
  '40-49': '40–49岁',
  '50-59': '50–59岁',
  '60-69': '60–69岁',
};
export const educationLabels: Readonly<Record<EducationLevel, string>> = {
  primary: '小学及以下',
  junior: '初中',
  senior: '高中（含中专）',
  college: '大学专科',
  bachelor: '大学本科及以上',
};
export const residenceLabels: Readonly<Record<Residence, string>> = { urban: '城镇', rural: '农村' };
export const keyGroupLabels: Readonly<Record<KeyGroup, string>> = {
  youth: '青少年（18岁及以上学生）',
  farmer: '农民',
  worker: '产业工人',
  elder: '老年人（60–69岁）',
  cadre: '领导干部和公务员',
};
export const groupingLabels: Readonly<Record<Grouping, string>> = {
  sex: '性别',
  ageBand: '年龄段',
  education: '受教育程度',
  residence: '城乡',
  keyGroup: '重点人群',
};

const categoryLabels: Readonly<Record<Grouping, Readonly<Record<string, string>>>> = {
  sex: sexLabels,
  ageBand: ageBandLabels,
  education: educationLabels,
  residence: residenceLabels,
  keyGroup: keyGroupLabels,
};

/** Chinese name of one category of a grouping; the id itself when it is unknown. */
export const categoryLabel = (grouping: Grouping, category: string): string =>
  categoryLabels[grouping][category] ?? category;

export const basisLabels: Readonly<Record<Basis, string>> = {
  probability: '概率样本',
  nonprobability: '非概率样本',
};

export const roleLabels: Readonly<Record<Role, string>> = {
  enumerator: '访问员',
  supervisor: '督导',
  statistician: '统计员',
  evaluator: '评估者',
  itemEditor: '题库管理员',
  administrator: '管理员',
};

export const moduleLabels: Readonly<Record<ModuleId, string>> = {
  information: '获取科技信息的渠道',
  interest: '兴趣与态度',
  activities: '科普活动与设施',
  elder: '老年健康与智能技术',
};

export const dispositionLabels: Readonly<Record<Disposition, string>> = {
  complete: '完成',
  partial: '部分完成',
  refusal: '拒访',
  breakOff: '中途拒绝',
  nonContact: '未接触到',
  unable: '无法作答',
  unknownEligibility: '资格不明',
  ineligibleAge: '不合格：年龄',
  ineligibleResidence: '不合格：非常住',
  ineligibleMilitary: '不合格：现役军人',
  voided: '作废',
};

export const verdictLabels: Readonly<Record<VerdictValue, string>> = {
  reached: '已达到',
  pointReachedInconclusive: '点估计达到，但证据不足',
  pointMissedInconclusive: '点估计未达到，但证据不足',
  missed: '未达到',
  undecidable: '不可判定',
};

export const undecidableLabels: Readonly<Record<NonNullable<Verdict['undecidableReason']>, string>> = {
  nonprobability: '非概率样本不能作统计判定',
  tooFewPsus: '初级单元太少',
  suppressed: '样本量不足，不予公布',
  noInterval: '无法计算区间',
  notSurveyed: '未调查',
  shortForm: '短卷不能用于达标判定',
};

export const suppressionLabels: Readonly<Record<SuppressionReason, string>> = {
  fewRespondents: '样本量低于公布下限',
  fewPsus: '初级单元数低于公布下限',
  complementary: '为防止由合计反推而一并隐去',
  protected: '样本量低于公布下限，或为防止反推而一并隐去',
  notSurveyed: '未调查',
  singlePsuStratum: '有的层只有一个初级单元',
};

export const cautionLabels: Readonly<Record<FigureCaution, string>> = {
  lowDegreesOfFreedom: '自由度低于8，误差估计不稳',
  wideInterval: '区间很宽，谨慎使用',
  highVariation: '变异系数偏大',
  allOrNone: '全部或无人达到，区间用 Korn–Graubard 法',
};

export const designTerms: Readonly<Record<string, string>> = {
  fail: '停止并提示',
  certainty: '视为必选单元',
  adjust: '以总均值为中心',
  average: '取其他层平均',
  remove: '该层不计误差',
  given: '使用数据中给定的权数',
  postStratification: '基础权数 × 事后分层',
  raking: '基础权数 × 迭代校准',
  equal: '等权（每人记 1）',
};

export const intervalMethodLabels: Readonly<Record<string, string>> = {
  logit: 'logit 变换，t 分布',
  'korn-graubard': 'Korn–Graubard',
  mean: '均值 ± t×标准误',
  'student-t': '均值 ± t×标准误',
  'model-based-bootstrap': '模型区间（非概率样本，按访问点自助法）',
};

export const regimeLabels: Readonly<Record<string, string>> = {
  miller: '三项同时达到（米勒口径）',
  cast: '中国科协 100 分制，70 分及以上',
  benchmark: '《基准》50 题，60% 及以上',
  unknown: '口径未查明',
  'cast-2024': '本地测评口径（2024 版 100 分制）',
  'benchmark-2016': '本地测评口径（《基准》50 题）',
  'miller-3': '本地测评口径（三项同时达到）',
};

/** How far a published figure can be trusted, by the grade its source was given. */
export const sourceConfidenceLabels: Readonly<Record<string, string>> = {
  A: '官方或全国性媒体发布',
  B: '仅一处二手来源',
  C: '由其他公布数推算',
  own: '本次调查',
};

/** @example sourceConfidenceText('B') === 'B 仅一处二手来源' */
export function sourceConfidenceText(confidence: string): string {
  const words = sourceConfidenceLabels[confidence];
  if (words === undefined) return confidence;
  return confidence === 'own' ? words : `${confidence} ${words}`;
}

export const warningTexts: Readonly<Record<ResultWarning['code'], string>> = {
  TRIAL_BANK: '使用公开试用题库：题目尚未经专家审定，结果仅供试用。',
  LOCAL_INSTRUMENT: '本地测评口径：题目为自编，结果不等同于中国科协发布的官方指标。',
  NONPROBABILITY: '非概率样本：结果只描述受访者经加权后的情况，区间为模型区间，不作达标判定。',
  EQUAL_WEIGHTS: '没有权数：每份答卷记 1，比例只代表受访者本身。',
  NO_STRATUM: '数据没有分层变量：按不分层设计估计误差。',
  NO_PSU: '数据没有初级单元：按每人一个单元估计误差，误差可能被低估。',
  FEW_PSUS: '初级单元只有 {count} 个，自由度 {degreesOfFreedom}，区间较宽。',
  ROWS_WITHOUT_SCORE: '有 {count} 份答卷没有得分，未计入比例。',
  ROWS_WITHOUT_REGION: '有 {count} 份答卷没有填写所在统计单元，未计入分地区结果。',
  ROWS_WITHOUT_MARGIN_VARIABLE: '有 {count} 份答卷缺少校准变量，已停止校准。',
  DRAFT_PLAN: '规划为征求意见稿，目标可能调整。',
  MISSING_BASELINE: '规划没有公布基期数据，不计算增幅。',
  SUSPECTED_PARENT_BASELINE: '规划的基期数据与上级地区相同，疑似沿用上级数据。',
  UNITS_NOT_SURVEYED: '有 {count} 个统计单元本次未调查。',
  PROTECTION_LIMITED:
    '有 {count} 个不公布的格，其余应隐的格都已隐去，由公布的合计仍可推知较窄的范围；对外公布前请人工复核。',
  YOUTH_NOT_IN_RATE: '18 岁以下青少年属另一总体，不计入 18–69 岁比例。',
};

/** Fills `{name}` from the warning's parameters. */
export const warningText = (warning: ResultWarning): string =>
  warningTexts[warning.code].replace(/\{(\w+)\}/g, (_whole, name: string) =>
    String(warning.params[name] ?? ''),
  );
