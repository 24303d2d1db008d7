/**
 * Content constraints of a form, counted again from the specification for `verifyForm`: two-way table, types,
 * cognitive level, difficulty, topics, time, keys, enemies and exposure. Used by nothing else.
 */
import type { BankItem, ItemBank } from '../bank';
import type { Blueprint } from '../blueprint';
import type { Form } from '../form';

export interface FormViolation {
  /** Section of the blueprint, or of the form's own integrity. */
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface FormContext {
  readonly form: Form;
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  /** Items in form order. */
  readonly items: readonly BankItem[];
}
export type FormCheck = (context: FormContext) => FormViolation[];

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

const isSharedStimulus = ({ bank }: FormContext, item: BankItem): boolean => {
  const id = item.stimulus?.id;
  return id !== undefined && bank.items.filter((other) => other.stimulus?.id === id).length > 1;
};

/** 判断, 单选, 多选, 情境题组, 图表, 排序/匹配 as disjoint rows of the type table. */
function rowOfTypeTable(context: FormContext, item: BankItem): string {
  if (isSharedStimulus(context, item)) return 'stimulus';
  if (item.type === 'order' || item.type === 'match') return 'orderMatch';
  return item.type;
}

const checkTwoWayTable: FormCheck = ({ items, blueprint }) => [
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

const checkTypes: FormCheck = (context) => [
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

const checkDifficulty: FormCheck = ({ items, blueprint }) => {
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

const checkSpread: FormCheck = ({ items, blueprint }) =>
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

const checkTopics: FormCheck = ({ items, blueprint }) =>
  blueprint.topicGroups.flatMap((group) =>
    outOfRange(
      'topicGroups',
      group.id,
      items.filter((item) => item.topics?.some((topic) => group.tags.includes(topic))).length,
      group,
    ),
  );

const checkTime: FormCheck = ({ items, blueprint }) =>
  outOfRange(
    'maximumTimeSec',
    'form',
    items.reduce((total, item) => total + item.time_sec, 0),
    { min: 0, max: blueprint.maximumTimeSec },
  );

const checkKeys: FormCheck = ({ items, blueprint }) => {
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

const checkEnemies: FormCheck = ({ items, blueprint }) =>
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

const checkEligibility: FormCheck = ({ items, blueprint }) =>
  items.flatMap((item) => [
    ...(blueprint.eligibleStatuses.includes(item.status)
      ? []
      : [{ rule: 'eligibleStatuses', params: { itemId: item.id, status: item.status } }]),
    ...outOfRange('maximumFormsPerItem', item.id, item.exposure?.n_forms ?? 0, {
      min: 0,
      max: blueprint.maximumFormsPerItem - 1,
    }),
  ]);

export const contentChecks: readonly FormCheck[] = [
  checkTwoWayTable,
  checkTypes,
  checkDifficulty,
  checkSpread,
  checkTopics,
  checkTime,
  checkKeys,
  checkEnemies,
  checkEligibility,
];
