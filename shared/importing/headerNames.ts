/**
 * Header names met in real files, already folded (half-width, lower case, no blanks). Recognition data, not texts
 * shown to anyone. `weak` names are guesses a person should look at.
 */
import type { KeyGroup } from '../domain/groups';
import type { SingleRole } from './roles';

export interface HeaderNames {
  readonly strong: readonly string[];
  readonly weak: readonly string[];
}

const names = (strong: string, weak = ''): HeaderNames => ({
  strong: strong.split(' '),
  weak: weak === '' ? [] : weak.split(' '),
});

export const headerNames: Readonly<Record<SingleRole, HeaderNames>> = {
  caseCode: names(
    '样本编号 样本号 样本id 样本编码 个案编号 答卷编号 问卷编号 问卷号 受访者编号 被访者编号 casecode caseid case_id respondentid',
    '编号 序号 答题序号 id no no. joinid',
  ),
  region: names(
    '区县 区县名称 县区 县市区 县(市、区) 所在区县 所在地区 所在县区 地区 行政区划代码 行政区划 区划代码 区划 区县代码 region regioncode region_code county district',
    '城市 区域 镇街 街道乡镇 乡镇街道 area code',
  ),
  stratum: names('层 分层 层号 抽样层 层编号 层代码 stratum strata stratumid stratum_id'),
  psu: names(
    '初级单元 初级抽样单元 初级单元编号 psu psuid psu_id psu编号 村居 村居编号 村(居) 村(居)委会 村居委会 社区村 样本点 样本点编号',
    '街道 乡镇 村 居委会 社区 cluster',
  ),
  ssu: names('次级单元 二级单元 次级抽样单元 ssu ssuid ssu_id ssu编号 住户编号 户编号 家庭户编号', '户号'),
  weight: names(
    '权重 权数 基础权数 基础权重 设计权数 设计权重 抽样权数 抽样权重 最终权数 最终权重 weight baseweight base_weight wt finalweight',
    '加权 加权系数 w',
  ),
  populationPsuCount: names(
    '层内初级单元总数 初级单元总数 总体初级单元数 psu总数 层内psu总数 populationpsucount fpc1',
    'fpc',
  ),
  populationSsuCount: names('次级单元总数 总体次级单元数 ssu总数 单元内户数 populationssucount fpc2'),
  sex: names('性别 sex gender b1'),
  age: names('年龄 周岁 周岁年龄 年龄(周岁) 实足年龄 年龄周岁 age ageyears'),
  ageBand: names('年龄段 年龄组 年龄分组 年龄区间 ageband agegroup age_group'),
  birthYearMonth: names('出生年月 出生日期 出生年份 出生年 生日 birth birthdate birthyearmonth dob s1'),
  education: names(
    '受教育程度 教育程度 文化程度 学历 最高学历 受教育水平 教育水平 最高受教育程度 上过的最高一级学校 education edu b5',
  ),
  residence: names('城乡 城乡类型 城乡分类 城乡属性 城乡分类代码 居住地类型 residence urban urbanrural'),
  disposition: names(
    '结果码 访问结果 样本状态 最终结果 完成情况 处置码 答卷状态 disposition result z1',
    '状态',
  ),
  mode: names('作答方式 调查方式 填答方式 访问方式 mode'),
  interviewDate: names(
    '访问日期 调查日期 访问时间 调查时间 填答时间 提交时间 提交答卷时间 答题时间 interviewdate submittime date',
    '日期 时间 开始时间 结束时间',
  ),
};

export const keyGroupNames: Readonly<Record<KeyGroup, readonly string[]>> = {
  youth: ['青少年', '是否青少年', 'youth', 'g_youth'],
  farmer: ['农民', '是否农民', 'farmer', 'g_farmer'],
  worker: ['产业工人', '是否产业工人', 'worker', 'g_worker'],
  elder: ['老年人', '是否老年人', 'elder', 'g_elder'],
  cadre: [
    '领导干部和公务员',
    '是否领导干部和公务员',
    '领导干部与公务员',
    '领导干部及公务员',
    '公务员',
    'cadre',
    'g_cadre',
  ],
};

/** Columns questionnaire platforms add that carry nothing we keep. */
export const platformNames: readonly string[] = [
  '所用时间',
  '答题用时',
  '用时',
  '来源',
  '来源详情',
  '来自ip',
  'ip',
  'ip地址',
  '总分',
  '得分',
  '分数',
  '备注',
  '姓名',
  '电话',
  '手机号',
  '联系电话',
  '用户id',
  '微信昵称',
  'timetaken',
  'totalvalue',
  'source',
];
