/** What the figures of a non-probability sample mean, where the usual explanation would claim too much. */
export const modelHelp = {
  estimate: '受访者加权后的数值，不能推断全体居民。',
  interval: '按模型假定反复重抽得到的波动范围，不是抽样误差，也不反映没有被访到的人。',
  standardError: '模型下的波动，不是抽样误差。',
  weightTotal: '权数合计，不代表推断人口。',
  designEffect: '与同样人数的简单重抽相比，模型下的方差放大了多少倍。',
  effectiveSampleSize: '模型下的波动相当于多少人的简单重抽。',
} as const;
