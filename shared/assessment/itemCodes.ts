/** Code lists of the item format (question-bank-spec §1.1, §1.4, §2.2–2.3). Labels live with the texts. */

/** 科技知识 / 科学方法 / 科学精神 / 科学思想 / 应用·分析判断 / 应用·解决问题. */
export const itemDimensions = ['K', 'M', 'S1', 'S2', 'A1', 'A2'] as const;
export type ItemDimension = (typeof itemDimensions)[number];

/** 物质与能量 / 生命与健康 / 地球与环境 / 数学与信息 / 工程与技术 / 科技与社会. */
export const contentAreas = ['ME', 'LH', 'EE', 'MI', 'ET', 'SS'] as const;
export type ContentArea = (typeof contentAreas)[number];

export const itemTypes = ['tf', 'single', 'multi', 'order', 'match', 'chart'] as const;
export type ItemType = (typeof itemTypes)[number];

export const cognitiveLevels = ['知道', '理解', '应用', '推理'] as const;
export type CognitiveLevel = (typeof cognitiveLevels)[number];

export const knowledgeKinds = ['content', 'procedural', 'epistemic'] as const;
export const itemStatuses = ['draft', 'review', 'pilot', 'active', 'hold', 'retired'] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const optionIds = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const trueKey = '对';
export const falseKey = '错';

/** The 26 基准 of 2016. */
export const benchmarkNumbers: readonly number[] = Array.from({ length: 26 }, (_, index) => index + 1);
