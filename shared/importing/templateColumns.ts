/**
 * Columns of the answer table we hand out and write: one list for the template, its explanation, the example rows
 * and the export, so that they cannot disagree. Headers are ones `guessMapping` recognises.
 */
import { keyGroups, type KeyGroup } from '../domain/groups';
import type { RespondentRecord } from '../domain/respondent';
import { answerCell, dispositionCell } from './answerText';
import { educationTexts, keyGroupTexts, residenceTexts, sexTexts } from './categoryTexts';
import { allowedAnswers, exampleAnswer } from './answerGuide';
import type { ImportContext } from './context';
import { roleLabels } from './importTexts';
import type { ColumnMeaning, SingleRole } from './roles';

export interface TemplateRow {
  readonly record: RespondentRecord;
  readonly itemMarks: Readonly<Record<string, 0 | 1>> | null;
}

type CellValue = string | number | null;

export interface TemplateColumn extends ColumnMeaning {
  readonly header: string;
  readonly isRequired: boolean;
  /** Chinese: what may stand in the column. */
  readonly allowed: string;
  readonly examples: readonly [CellValue, CellValue];
  readonly cellOf: (row: TemplateRow) => CellValue;
}

interface Described {
  readonly role: SingleRole;
  readonly allowed: string;
  readonly examples: readonly [CellValue, CellValue];
  readonly cellOf: (row: RespondentRecord) => CellValue;
}

const modeTexts = { interviewer: '访员', selfAdministered: '自填', paper: '纸质', unknown: null } as const;
const designColumns: readonly Described[] = [
  {
    role: 'stratum',
    allowed: '抽样时的层；没有分层则整列删去',
    examples: ['S01', 'S02'],
    cellOf: ({ design }) => design.stratum,
  },
  {
    role: 'psu',
    allowed: '第一阶段抽中的单元，如村（居）编号；没有整群则整列删去',
    examples: ['P001', 'P002'],
    cellOf: ({ design }) => design.psu,
  },
  {
    role: 'ssu',
    allowed: '第二阶段抽中的单元，如住户编号；可不填',
    examples: ['H001', 'H002'],
    cellOf: ({ design }) => design.ssu,
  },
  {
    role: 'weight',
    allowed: '大于 0 的数字：入样概率的倒数；没有权重则整列删去',
    examples: [152.5, 98.25],
    cellOf: ({ design }) => design.baseWeight,
  },
  {
    role: 'populationPsuCount',
    allowed: '所在层的初级单元总数；不知道可不填',
    examples: [120, 86],
    cellOf: ({ design }) => design.populationPsuCount,
  },
  {
    role: 'populationSsuCount',
    allowed: '所在初级单元的次级单元总数；不知道可不填',
    examples: [640, 512],
    cellOf: ({ design }) => design.populationSsuCount,
  },
];

const backgroundColumns: readonly Described[] = [
  {
    role: 'sex',
    allowed: '男、女（或 1、2）',
    examples: ['女', '男'],
    cellOf: ({ background }) => background.sex && sexTexts[background.sex],
  },
  {
    role: 'age',
    allowed: '周岁，整数；调查对象为 18–69 岁',
    examples: [35, 62],
    cellOf: ({ background }) => background.ageYears,
  },
  {
    role: 'ageBand',
    allowed: '18-29、30-39、40-49、50-59、60-69；填了年龄可不填',
    examples: ['30-39', '60-69'],
    cellOf: ({ background }) => background.ageBand,
  },
  {
    role: 'education',
    allowed: '小学及以下、初中、高中(含中专)、大学专科、大学本科及以上（或题码 1–7）',
    examples: ['大学专科', '初中'],
    cellOf: ({ background }) => background.education && educationTexts[background.education],
  },
  {
    role: 'residence',
    allowed: '城镇、乡村（或城乡分类代码 111–220）',
    examples: ['城镇', '乡村'],
    cellOf: ({ background }) => background.residence && residenceTexts[background.residence],
  },
];

const caseColumns: readonly Described[] = [
  {
    role: 'caseCode',
    allowed: '每个样本一个，不重复，最多 80 个字符',
    examples: ['0001', '0002'],
    cellOf: ({ caseCode }) => caseCode,
  },
  {
    role: 'disposition',
    allowed:
      '11 完成、12 部分完成、21 拒访、22 中途拒绝、31–33 不合格、34 无法完成、41 无人；不填按有无作答判断',
    examples: ['11', '11'],
    cellOf: ({ disposition }) => dispositionCell[disposition],
  },
  {
    role: 'mode',
    allowed: '访员、自填；可不填',
    examples: ['访员', '自填'],
    cellOf: ({ mode }) => modeTexts[mode],
  },
];

const fromDescribed = (column: Described): TemplateColumn => ({
  ...column,
  target: null,
  header: roleLabels[column.role],
  isRequired: column.role === 'caseCode',
  cellOf: ({ record }) => column.cellOf(record),
});

function regionColumn(context: ImportContext): TemplateColumn {
  const [first, second = first] = context.regions;
  const names = context.regions.map(({ name, code }) => `${name}（${code}）`).join('、');
  return {
    role: 'region',
    target: null,
    header: roleLabels.region,
    isRequired: context.regions.length > 1,
    allowed: `名称或代码：${names}`,
    examples: [first?.name ?? null, second?.code ?? null],
    cellOf: ({ record }) => record.regionCode,
  };
}

const keyGroupColumn = (group: KeyGroup): TemplateColumn => ({
  role: 'keyGroup',
  target: group,
  header: keyGroupTexts[group],
  isRequired: false,
  allowed: '是、否（或 1、0）；不知道留空',
  examples: ['否', group === 'elder' ? '是' : '否'],
  cellOf: ({ record }) => {
    const flag = record.background.keyGroups[group];
    return flag === null ? null : flag ? '是' : '否';
  },
});

function itemColumns(context: ImportContext): TemplateColumn[] {
  const ordered = [...context.form.items].sort((a, b) => a.position - b.position);
  return ordered.map((item): TemplateColumn => ({
    role: 'item',
    target: item.itemId,
    header: `第${String(item.position)}题`,
    isRequired: true,
    allowed: allowedAnswers(item),
    examples: [exampleAnswer(item), '不知道'],
    cellOf: ({ record, itemMarks }) => {
      const answer = record.answers[item.itemId];
      return itemMarks?.[item.itemId] ?? (answer ? answerCell(answer) : null);
    },
  }));
}

/** Questions whose content already has a column of its own. */
const coveredCodes = new Set(['B1', 'B5', 'S1', 'Z1']);

function questionColumns(context: ImportContext): TemplateColumn[] {
  const questions = (context.questions ?? []).filter(({ code }) => !coveredCodes.has(code));
  return questions.map((question): TemplateColumn => ({
    role: 'question',
    target: question.code,
    header: question.code,
    isRequired: false,
    allowed: `${question.label}。${allowedAnswers(question)}`,
    examples: [exampleAnswer(question), null],
    cellOf: ({ record }) => {
      const answer = record.answers[question.code];
      return answer ? answerCell(answer) : null;
    },
  }));
}

/** Columns of the answer table of a survey, in the order they are written. */
export function templateColumns(context: ImportContext): readonly TemplateColumn[] {
  const isProbability = context.basis === 'probability';
  return [
    ...caseColumns.slice(0, 1).map(fromDescribed),
    regionColumn(context),
    ...caseColumns.slice(1).map(fromDescribed),
    ...(isProbability ? designColumns.map(fromDescribed) : []),
    ...backgroundColumns.map(fromDescribed),
    ...keyGroups.map(keyGroupColumn),
    ...itemColumns(context),
    ...questionColumns(context),
  ];
}

/** Header row and one row per record, as `checkTable` reads them back. */
export function recordsToRows(rows: readonly TemplateRow[], context: ImportContext): CellValue[][] {
  const columns = templateColumns(context);
  return [
    columns.map(({ header }) => header),
    ...rows.map((row) => columns.map(({ cellOf }) => cellOf(row))),
  ];
}
