/** Words of county packages: why a design cannot be summed, and what two packages disagree about. */

export const federationReasons = {
  nonprobability: '非概率样本',
  noPsu: '没有初级单元，每一行就是一个人',
  severalStages: '有多级抽样的有限总体修正',
} as const;

/** What packages must agree about, as `FEDERATION_DIFFERS` names it. */
export const federationAspects = {
  planId: '规划',
  year: '年份',
  instrumentId: '测评口径',
  instrumentVersion: '测评口径版本',
  formBlueprintId: '试卷蓝图',
  maximumScore: '满分',
  isDemo: '数据性质',
  calibration: '加权方式',
  cellVariables: '校准变量',
} as const;
export type FederationAspect = keyof typeof federationAspects;

const calibrationTexts: Readonly<Record<string, string>> = {
  none: '给定权数',
  county: '各县自行校准',
  city: '全市统一校准',
};

/** The value of an aspect in words. */
export function aspectText(aspect: FederationAspect, value: string | number | boolean): string {
  if (aspect === 'isDemo') return value === true ? '演示数据' : '真实数据';
  return aspect === 'calibration' ? (calibrationTexts[String(value)] ?? String(value)) : String(value);
}
