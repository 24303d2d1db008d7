/** Which column means what, as the user confirmed it, and whether that is enough to import. */
import { fail, ok, type Result } from '../domain/result';
import { keyGroups } from '../domain/groups';
import type { ImportContext } from './context';
import type { CellProblem } from './problems';
import { columnLetter } from './table';
import { columnRole, isSingleRole, meaningKey, type ColumnMeaning, type SingleRole } from './roles';

export interface MappedColumn extends ColumnMeaning {
  /** Zero-based. */
  readonly column: number;
}

export interface Mapping {
  readonly sheet: string;
  /** 1-based row of the headers; data start below it. */
  readonly headerRow: number;
  readonly columns: readonly MappedColumn[];
}

/** A mapping as it arrives over the contract. */
export interface UncheckedMapping {
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: readonly {
    readonly column: number;
    readonly role: string;
    readonly target: string | null;
  }[];
}

function knownTargets(context: ImportContext): ReadonlySet<string> {
  const itemIds = context.form.items.map(({ itemId }) => itemId);
  return new Set([
    ...itemIds.flatMap((itemId) => [`item\n${itemId}`, `itemMark\n${itemId}`]),
    ...(context.questions ?? []).map(({ code }) => `question\n${code}`),
    ...keyGroups.map((group) => `keyGroup\n${group}`),
  ]);
}

/** Narrows roles and targets to what this survey knows; fails with IMPORT_MAPPING_INCOMPLETE naming the role. */
export function readMapping(mapping: UncheckedMapping, context: ImportContext): Result<Mapping> {
  const targets = knownTargets(context);
  const columns: MappedColumn[] = [];
  for (const { column, role, target } of mapping.columns) {
    const known = columnRole.safeParse(role);
    const standsAlone = known.success && (known.data === 'ignore' || isSingleRole(known.data));
    if (!known.success || (!standsAlone && !targets.has(`${role}\n${target ?? ''}`))) {
      return fail('IMPORT_MAPPING_INCOMPLETE', { role, target: target ?? '', column: columnLetter(column) });
    }
    columns.push({ column, role: known.data, target: standsAlone ? null : target });
  }
  return ok({ sheet: mapping.sheet, headerRow: mapping.headerRow, columns });
}

/** Design columns a survey cannot do without, and those it should confirm to be absent. */
function designRoles(context: ImportContext): {
  required: readonly SingleRole[];
  advised: readonly SingleRole[];
} {
  if (context.basis === 'nonprobability') return { required: [], advised: [] };
  switch (context.samplingDesign) {
    case 'stratifiedMultistage':
      return { required: ['weight', 'stratum', 'psu'], advised: [] };
    case 'stratified':
      return { required: ['weight', 'stratum'], advised: [] };
    case 'simple':
    case 'none':
      return { required: ['weight'], advised: [] };
    default:
      return { required: ['weight'], advised: ['stratum', 'psu'] };
  }
}

export interface MappingProblem {
  readonly severity: 'error' | 'warning';
  readonly problem: CellProblem;
}

const missing = (role: string): MappingProblem => ({
  severity: 'error',
  problem: { code: 'COLUMN_MISSING', params: { role } },
});

function repeatedMeanings(mapping: Mapping): MappingProblem[] {
  const keys = mapping.columns.map(meaningKey).filter((key) => key !== '');
  const repeated = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  return [...repeated].map((key) => ({
    severity: 'error',
    problem: {
      code: 'ROLE_TWICE',
      params: { role: key.split(':')[0] ?? key, target: key.split(':')[1] ?? '' },
    },
  }));
}

function missingItems(context: ImportContext, keys: ReadonlySet<string>): MappingProblem[] {
  const absent = context.form.items.filter(({ itemId }) => !keys.has(`item:${itemId}`));
  if (absent.length === 0) return [];
  const positions = absent.map(({ position }) => position).sort((a, b) => a - b);
  const params = { count: absent.length, positions: positions.slice(0, 20).join('、') };
  return [{ severity: 'error', problem: { code: 'ITEM_COLUMNS_MISSING', params } }];
}

/** Problems of a mapping as a whole: missing or repeated columns. Errors stop the import before any row is read. */
export function checkMapping(mapping: Mapping, context: ImportContext): readonly MappingProblem[] {
  const keys = new Set(mapping.columns.map(meaningKey));
  const design = designRoles(context);
  const needed: SingleRole[] = ['caseCode', ...(context.regions.length > 1 ? ['region' as const] : [])];
  return [
    ...[...needed, ...design.required].filter((role) => !keys.has(role)).map(missing),
    ...missingItems(context, keys),
    ...repeatedMeanings(mapping),
    ...design.advised
      .filter((role) => !keys.has(role))
      .map((role): MappingProblem => ({
        severity: 'warning',
        problem: { code: 'DESIGN_COLUMN_MISSING', params: { role } },
      })),
  ];
}
