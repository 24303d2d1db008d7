/** Sentences of the item sheets of the Excel report. */
export const itemSheetTexts = {
  internal: '仅供内部使用：本表涉及答案，不得随报告公布。',
  notRun: '还没有做试题分析。请在“试题分析”页面点“开始分析”，再生成报告。',
  keysClosed: '本卷出自保密题库，答案没有打开，不列试题分析。请由持钥人打开答案后再生成报告。',
  otherRole: '试题分析只供统计员和管理员生成，本报告不列。',
  stale: '数据、软件版本或以往调查的试题分析在计算之后有更新，下列数字请重新分析后再用',
  privateOptions: '本卷出自保密题库，答案不得付印，不列各选项。请在“试题分析”页面查看。',
  noWaves: '没有可比的以往调查：要有更早的、同一测评口径、做过试题分析且有共同题的调查。',
} as const;

export const subScoreVerdictTexts = {
  individual: '分维度分数优于总分，可单独报告',
  group: '只在群体层面报告',
} as const;
