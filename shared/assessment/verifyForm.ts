/**
 * Independent re-verification of a finished form (checklist rule R30): every constraint of question-bank-spec
 * §2.1–2.3, §2.6 and §3.4 is counted again from the form and the bank, in the words of the specification. It shares
 * no evaluation code with the assembly and is run on every form, assembled here or received.
 */
import type { BankItem, ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import { formContent } from './form';
import type { Form, FormEntry } from './form';

export interface FormViolation {
  /** Section of the blueprint, or of the form's own integrity. */
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
}

interface Context {
  readonly form: Form;
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  /** Items in form order. */
  readonly items: readonly BankItem[];
}
type Check = (context: Context) => FormViolation[];

const inRange = (value: number, min: number, max: number): boolean =>
  value >= min - 1e-9 && value <= max + 1e-9;

function outOfRange(
  rule: string,
  subject: string,
  value: number,
  range: { readonly min: number; readonly max: number },
): FormViolation[] {
  if (inRange(value, range.min, range.max)) return [];
  return [
    { rule, params: { subject, value: Math.round(value * 1000) / 1000, min: range.min, max: range.max } },
  ];
}

function countBy(
  rule: string,
  ranges: Readonly<Record<string, { readonly min: number; readonly max: number }>>,
  found: readonly string[],
): FormViolation[] {
  const unlisted = [...new Set(found)].filter((value) => !(value in ranges));
  return [
    ...Object.entries(ranges).flatMap(([subject, range]) =>
      outOfRange(rule, subject, found.filter((value) => value === subject).length, range),
    ),
    ...unlisted.map((subject) => ({ rule, params: { subject, value: 1, min: 0, max: 0 } })),
  ];
}

const isSharedStimulus = ({ bank }: Context, item: BankItem): boolean => {
  const id = item.stimulus?.id;
  return id !== undefined && bank.items.filter((other) => other.stimulus?.id === id).length > 1;
};

/** 判断, 单选, 多选, 情境题组, 图表, 排序/匹配 as disjoint rows of the type table. */
function rowOfTypeTable(context: Context, item: BankItem): string {
  if (isSharedStimulus(context, item)) return 'stimulus';
  if (item.type === 'order' || item.type === 'match') return 'orderMatch';
  return item.type;
}

const checkTwoWayTable: Check = ({ items, blueprint }) => [
  ...countBy(
    'dimensions',
    blueprint.dimensions,
    items.map((item) => item.dimension),
  ),
  ...countBy(
    'areas',
    blueprint.areas,
    items.map((item) => item.area),
  ),
  ...countBy(
    'benchmarks',
    blueprint.benchmarks,
    items.map((item) => String(item.benchmark.no)),
  ),
];

const checkTypes: Check = (context) => [
  ...countBy(
    'formats',
    context.blueprint.formats,
    context.items.map((item) => rowOfTypeTable(context, item)),
  ),
  ...countBy(
    'cognitive',
    context.blueprint.cognitive,
    context.items.map((item) => item.cognitive ?? 'none'),
  ),
];

const checkDifficulty: Check = ({ items, blueprint }) => {
  const probabilities = items.map((item) => item.difficulty.p_prior);
  const bands = blueprint.difficultyBands.flatMap((band) =>
    outOfRange(
      'difficultyBands',
      band.id,
      probabilities.filter((p) => p >= band.from && p < band.to).length,
      band,
    ),
  );
  if (blueprint.sumOfP === null) return bands;
  const sum = probabilities.reduce((total, p) => total + p, 0);
  return [...bands, ...outOfRange('sumOfP', 'form', sum, blueprint.sumOfP)];
};

const checkSpread: Check = ({ items, blueprint }) =>
  Object.keys(blueprint.dimensions).flatMap((dimension) => {
    const own = items.filter((item) => item.dimension === dimension);
    const bands = blueprint.difficultyBands.filter((band) =>
      own.some((item) => item.difficulty.p_prior >= band.from && item.difficulty.p_prior < band.to),
    );
    return outOfRange('minimumBandsPerDimension', dimension, bands.length, {
      min: blueprint.minimumBandsPerDimension,
      max: Infinity,
    });
  });

const checkTopics: Check = ({ items, blueprint }) =>
  blueprint.topicGroups.flatMap((group) =>
    outOfRange(
      'topicGroups',
      group.id,
      items.filter((item) => item.topics?.some((topic) => group.tags.includes(topic))).length,
      group,
    ),
  );

const checkTime: Check = ({ items, blueprint }) =>
  outOfRange(
    'maximumTimeSec',
    'form',
    items.reduce((total, item) => total + item.time_sec, 0),
    { min: 0, max: blueprint.maximumTimeSec },
  );

const checkKeys: Check = ({ items, blueprint }) => {
  const statements = items.filter((item) => item.type === 'tf');
  const lettered = items.filter((item) => item.type === 'single' || item.type === 'chart');
  const shareOf = (group: readonly BankItem[], key: string): number =>
    group.filter((item) => item.key.includes(key)).length / group.length;
  return [
    ...(statements.length === 0
      ? []
      : outOfRange('trueKeyShare', '对', shareOf(statements, '对'), blueprint.trueKeyShare)),
    ...(lettered.length === 0
      ? []
      : ['A', 'B', 'C', 'D'].flatMap((letter) =>
          outOfRange('keyPositionShare', letter, shareOf(lettered, letter), blueprint.keyPositionShare),
        )),
  ];
};

const checkEnemies: Check = ({ items, blueprint }) =>
  items.flatMap((item, index) =>
    items
      .slice(index + 1)
      .filter(
        (other) => item.enemies?.includes(other.id) === true || other.enemies?.includes(item.id) === true,
      )
      .flatMap((other) =>
        outOfRange('maximumPerEnemyPair', `${item.id} ${other.id}`, 2, {
          min: 0,
          max: blueprint.maximumPerEnemyPair,
        }),
      ),
  );

const checkEligibility: Check = ({ items, blueprint }) =>
  items.flatMap((item) => [
    ...(blueprint.eligibleStatuses.includes(item.status)
      ? []
      : [{ rule: 'eligibleStatuses', params: { itemId: item.id, status: item.status } }]),
    ...outOfRange('maximumFormsPerItem', item.id, item.exposure?.n_forms ?? 0, {
      min: 0,
      max: blueprint.maximumFormsPerItem - 1,
    }),
  ]);

const placesOf = (entries: readonly FormEntry[], ids: readonly string[]): number[] =>
  entries.filter((entry) => ids.includes(entry.itemId)).map((entry) => entry.position);

/** Shared stimuli enter whole, side by side, and marked as one block; nothing else is marked. */
const checkBlocks: Check = ({ form, bank, items }) => {
  const shared = new Set(items.flatMap((item) => (item.stimulus === undefined ? [] : [item.stimulus.id])));
  return [...shared].flatMap((stimulusId) => {
    const members = bank.items.filter((item) => item.stimulus?.id === stimulusId).map((item) => item.id);
    const places = placesOf(form.entries, members);
    const isWhole = places.length === members.length;
    const isTogether = Math.max(...places) - Math.min(...places) === places.length - 1;
    const expected = members.length > 1 ? stimulusId : null;
    const isMarked = form.entries
      .filter((entry) => members.includes(entry.itemId))
      .every((entry) => entry.blockId === expected);
    return isWhole && isTogether && isMarked ? [] : [{ rule: 'blocks', params: { stimulusId } }];
  });
};

const checkOrder: Check = ({ items, blueprint }) => {
  const { openers, openerMinimumP, longestEqualKeyRun } = blueprint.order;
  const hardOpeners = items.slice(0, openers).filter((item) => item.difficulty.p_prior < openerMinimumP);
  const keys = items.map((item) => item.key.join('、'));
  const runStarts = keys.filter((key, index) => {
    const window = keys.slice(index, index + longestEqualKeyRun + 1);
    return window.length > longestEqualKeyRun && window.every((other) => other === key);
  });
  return [
    ...hardOpeners.map((item) => ({ rule: 'openers', params: { itemId: item.id } })),
    ...runStarts.map((key) => ({ rule: 'longestEqualKeyRun', params: { key, max: longestEqualKeyRun } })),
  ];
};

const formChecks: readonly Check[] = [
  checkTwoWayTable,
  checkTypes,
  checkDifficulty,
  checkSpread,
  checkTopics,
  checkTime,
  checkKeys,
  checkEnemies,
  checkEligibility,
  checkBlocks,
  checkOrder,
];

/** Integrity first: right bank and blueprint, positions 1..n, every item known, in its version, once. */
function checkIntegrity(form: Form, bank: ItemBank, blueprint: Blueprint): FormViolation[] {
  const violations: FormViolation[] = [];
  const report = (rule: string, params: FormViolation['params']): void => {
    violations.push({ rule, params });
  };
  const isBound =
    form.blueprintId === blueprint.id &&
    form.blueprintVersion === blueprint.version &&
    form.instrumentId === blueprint.instrumentId &&
    form.bankId === bank.meta.id &&
    form.bankVersion === bank.meta.version;
  if (!isBound) report('binding', { formId: form.id });
  if (form.entries.length !== blueprint.itemCount)
    report('itemCount', { value: form.entries.length, expected: blueprint.itemCount });
  form.entries.forEach((entry, index) => {
    if (entry.position !== index + 1) report('positions', { itemId: entry.itemId });
    const item = bank.items.find((each) => each.id === entry.itemId);
    if (item === undefined) report('unknownItem', { itemId: entry.itemId });
    else if (item.version !== entry.itemVersion) report('itemVersion', { itemId: entry.itemId });
    if (form.entries.findIndex((other) => other.itemId === entry.itemId) !== index)
      report('duplicateItem', { itemId: entry.itemId });
  });
  return violations;
}

/** Every violation of the blueprint and of the form's integrity; an empty list means the form is lawful. */
export function verifyForm(
  form: Form,
  bank: ItemBank,
  blueprint: Blueprint,
  hash: (text: string) => string,
): FormViolation[] {
  const broken = checkIntegrity(form, bank, blueprint);
  if (hash(formContent(form, bank.items)) !== form.contentHash)
    broken.push({ rule: 'contentHash', params: { formId: form.id } });
  const items = form.entries.flatMap((entry) => bank.items.find((item) => item.id === entry.itemId) ?? []);
  const context: Context = { form, bank, blueprint, items };
  return [...broken, ...formChecks.flatMap((check) => check(context))];
}
