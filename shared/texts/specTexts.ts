/** What is wrong with a place of an analysis specification, in words; the place itself is said by the caller. */
import type { z } from 'zod';

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组 […]',
  object: '对象 {…}',
  record: '对象 {…}',
  null: 'null',
};

const typeName = (type: string): string => typeNames[type] ?? type;

const listed = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('、');

type Issue = z.core.$ZodIssue;

const units: Readonly<Record<string, string>> = { string: ' 个字', array: ' 项', set: ' 项' };

function sizeProblem(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const unit = units[issue.origin] ?? '';
  if (issue.code === 'too_small') {
    return `应${issue.inclusive === false ? '大于' : '不小于'} ${String(issue.minimum)}${unit}`;
  }
  return `应${issue.inclusive === false ? '小于' : '不大于'} ${String(issue.maximum)}${unit}`;
}

/** Discriminators of the allowed forms, as far as the format tells them. */
function unionProblem(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const { discriminator, options } = issue as { discriminator?: string; options?: readonly unknown[] };
  if (discriminator !== undefined && options !== undefined) {
    return `“${discriminator}”只能是 ${listed(options)}`;
  }
  const forms = issue.errors.flatMap((errors) => errors.slice(0, 1).map(issueProblem));
  return forms.length === 0 ? '不是允许的形式' : [...new Set(forms)].join('，或');
}

function issueProblem(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `缺少这一项（应为${typeName(issue.expected)}）`
        : `应为${typeName(issue.expected)}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `应为 ${listed(issue.values)}` : `只能是 ${listed(issue.values)}`;
    case 'unrecognized_keys':
      return `不认识 ${listed(issue.keys)}`;
    case 'too_small':
    case 'too_big':
      return sizeProblem(issue);
    case 'invalid_union':
      return unionProblem(issue);
    case 'custom':
      return issue.message;
    default:
      return '格式不对';
  }
}

/** One short Chinese phrase with the allowed values. */
export const specProblem = (issue: Issue): string => issueProblem(issue);

/** Problems only this format knows. */
export const specProblems = {
  boundsMissing: '“linear-bounded”和“logit”必须写明 bounds（lower、upper）',
  nothingToCalibrate: '“margins”和“totals”不能都为空',
  twoNames: '编号重复，每项分析的 id 必须不同',
  pathMissing: '根',
} as const;
