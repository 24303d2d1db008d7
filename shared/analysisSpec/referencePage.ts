/** The reference page of the format, written from its JSON Schema so that it cannot say anything else. */
import { analysisSpecSchema } from './jsonSchema';

/** The parts of JSON Schema that the format uses. */
interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly $defs?: Readonly<Record<string, Node>>;
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;
const nameOfRef = (ref: string): string => ref.replace('#/$defs/', '');

function range(node: Node): string {
  const limits = [
    node.minimum === undefined || node.minimum === Number.MIN_SAFE_INTEGER ? null : `>= ${node.minimum}`,
    node.exclusiveMinimum === undefined ? null : `> ${node.exclusiveMinimum}`,
    node.maximum === undefined || node.maximum === Number.MAX_SAFE_INTEGER ? null : `<= ${node.maximum}`,
    node.exclusiveMaximum === undefined ? null : `< ${node.exclusiveMaximum}`,
  ].filter((limit) => limit !== null);
  return limits.length === 0 ? '' : ` ${limits.join(' and ')}`;
}

const named: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

function plainType(type: string, node: Node): string {
  if (type === 'array') return `list of ${node.items === undefined ? 'values' : typeText(node.items)}`;
  if (type === 'object' && typeof node.additionalProperties === 'object') {
    return `object of ${typeText(node.additionalProperties)}`;
  }
  return `${named[type] ?? type}${type === 'number' || type === 'integer' ? range(node) : ''}`;
}

function typeText(node: Node): string {
  if (node.$ref !== undefined) return `[${nameOfRef(node.$ref)}](#${nameOfRef(node.$ref).toLowerCase()})`;
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(' or ');
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(' or ');
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? ['any value']);
  return types.map((type) => plainType(type, node)).join(' or ');
}

/** Objects written inside an object or a list of it: their fields follow, indented. */
function innerObject(node: Node): Node | null {
  if (node.properties !== undefined) return node;
  if (node.items !== undefined) return innerObject(node.items);
  return node.anyOf?.map(innerObject).find((each) => each !== null) ?? null;
}

/** Forms written in place: each is told apart by its constant. */
const innerForms = (node: Node): readonly Node[] => node.oneOf ?? node.items?.oneOf ?? [];

function fieldLines(name: string, node: Node, parent: Node, indent: string): readonly string[] {
  const isRequired = parent.required?.includes(name) === true;
  const presence = isRequired ? 'required' : `default ${code(node.default)}`;
  const meaning = node.description === undefined ? '' : ` ${node.description}`;
  const own = `${indent}- \`${name}\`: ${typeText(node)}; ${presence}.${meaning}`;
  const inner = innerObject(node);
  const forms = innerForms(node).flatMap((form) => formLines(form, `${indent}  `));
  return [own, ...(inner === null ? [] : objectLines(inner, `${indent}  `)), ...forms];
}

function formLines(form: Node, indent: string): readonly string[] {
  return [`${indent}- ${formName(form)}: ${form.description ?? ''}`, ...restLines(form, `${indent}  `)];
}

const objectLines = (node: Node, indent: string): readonly string[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, field]) => fieldLines(name, field, node, indent));

const isTag = (field: Node): boolean => field.const !== undefined || field.enum !== undefined;

/** The field that tells a form from the others, the first one. */
function tagOf(form: Node): readonly [string, Node] | undefined {
  const [first] = Object.entries(form.properties ?? {});
  return first !== undefined && isTag(first[1]) ? first : undefined;
}

function formName(form: Node): string {
  const tag = tagOf(form);
  if (tag === undefined) return typeText(form);
  const [name, { const: only, enum: values = [only] }] = tag;
  return values.map((value) => `\`"${name}": ${JSON.stringify(value)}\``).join(' or ');
}

function restLines(form: Node, indent: string): readonly string[] {
  const tag = tagOf(form)?.[0];
  return Object.entries(form.properties ?? {}).flatMap(([name, field]) =>
    name === tag ? [] : fieldLines(name, field, form, indent),
  );
}

function section([name, node]: readonly [string, Node]): readonly string[] {
  const forms = node.oneOf ?? [];
  const heading = [`## ${name}`, '', ...(node.description === undefined ? [] : [node.description, ''])];
  if (forms.length === 0) return [...heading, ...objectLines(node, ''), ''];
  return [...heading, ...forms.flatMap((form) => formLines(form, '')), ''];
}

const introduction = [
  '# Analysis specification',
  '',
  'Generated from the schema (`shared/analysisSpec/analysisSpec.ts`); do not edit. A specification is one JSON document',
  'that says what is estimated from a survey sample and how. Run it with',
  '`npm run -s zhiheng -- estimate SPEC.json --json`; `--schema` prints this format as JSON Schema. Examples with their',
  'results: `tests/specs`. Unknown fields are refused; a field with a default may be left out.',
  '',
];

const results = [
  '## The result',
  '',
  '`--json` prints `{"ok": true, ...}` with every number at full precision (types: `shared/analysisSpec/result.ts`):',
  '',
  '- `design`: rows, strata, PSUs, degrees of freedom, the rule for strata with one PSU and the strata it was applied to.',
  '- `weighting`: base weights and every step with sum, range, Kish design effect, smallest and largest adjustment, and',
  '  what the step found: response classes, iterations, margins before and after, cap.',
  '- `variance`: the method of the sampling errors.',
  '- `analyses`: one answer per analysis, with the same `id`: estimate, standard error, intervals with method and level,',
  '  degrees of freedom, n, PSUs, design effect, effective sample size, coefficient of variation, diagnostics.',
  '',
  'A number that does not exist is null; an empty domain is a line with `"status": "empty"` and its reason. A refusal is',
  '`{"ok": false, "failure": {"code", "params"}, "message"}`; `params.path` is the place of the specification.',
  '',
];

/** The page as Markdown. */
export function referencePage(): string {
  const schema = analysisSpecSchema() as Node;
  const sections = Object.entries(schema.$defs ?? {}).flatMap(section);
  return [...introduction, '## The document', '', ...objectLines(schema, ''), '', ...results, ...sections]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
