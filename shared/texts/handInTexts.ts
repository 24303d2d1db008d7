/** Why a package of interviews does not belong to the open survey, by the fact that differs. */

export const handInDifferences = {
  isDemo: '演示数据与真实数据不能放在一起',
  planId: '两边的规划不同',
  regionCode: '两边的地区不同',
  year: '两边的年度不同',
  instrumentId: '两边的测评口径不同',
  basis: '一边是概率样本，另一边不是',
  formId: '两边用的不是同一份试卷',
  formHash: '试卷编号相同，内容不同',
  questionnaireVersion: '两边的问卷版本不同',
  modules: '两边选的问卷模块不同',
} as const;
