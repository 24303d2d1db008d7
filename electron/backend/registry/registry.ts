/** Everything the product ships as data, read and validated once at start. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ItemBank } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { CheckLists } from '@shared/assessment/checks/checkLists';
import type { Instrument } from '@shared/assessment/instrument';
import { parseInstrument } from '@shared/assessment/instrument';
import type { DemoParameters } from '@shared/demo/demoParameters';
import { demoParametersSchema } from '@shared/demo/demoParameters';
import type { Plan } from '@shared/domain/plan';
import { planSchema } from '@shared/domain/plan';
import type { PublishedFigures } from '@shared/domain/publishedFigure';
import { publishedFiguresSchema } from '@shared/domain/publishedFigure';
import type { RegionTree } from '@shared/domain/region';
import { regionTreeSchema } from '@shared/domain/region';
import { loadDefinition } from '@shared/questionnaire/checkDefinition';
import type { KeyGroupDefinitions } from '@shared/questionnaire/keyGroupDefinitions';
import { keyGroupDefinitionsSchema } from '@shared/questionnaire/keyGroupDefinitions';
import type { QuestionnaireDefinition } from '@shared/questionnaire/definition';
import type { BankFolder } from './bankFolder';
import { readBank, readBankFolder, readCheckLists } from './bankFolder';
import { jsonFiles, parseSeed, readJson, readText, requireSeed } from './readSeed';

export interface Registry extends BankFolder {
  /** In the order screens list them. */
  readonly plans: readonly Plan[];
  readonly regions: RegionTree;
  readonly figures: PublishedFigures;
  readonly instruments: readonly Instrument[];
  /** Public items for 练习模式; never a source of forms. */
  readonly practicePool: ItemBank;
  /** Published items and names the bank's checklist compares with. */
  readonly checkLists: CheckLists;
  readonly questionnaire: QuestionnaireDefinition;
  readonly keyGroups: KeyGroupDefinitions;
  /** Invented parameters of the demo surveys, by plan. */
  readonly demo: DemoParameters;
  planText(plan: Plan): string | null;
}

const planOrder = ['suzhou', 'yangzhou', 'kunshan', 'huaiyin', 'liaocheng', 'national'];
const bankFolder = join('question-banks', 'trial-2026');
const practiceFolder = join('question-banks', 'practice-2026');

/** Hash the assembly and content ids use. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function readPlans(directory: string): readonly Plan[] {
  const plans = jsonFiles(directory).map((file) => parseSeed(planSchema, readJson(directory, file), file));
  return [...plans].sort((a, b) => planOrder.indexOf(a.id) - planOrder.indexOf(b.id));
}

/** Throws SeedError naming the file that is not what it should be. */
export function loadRegistry(assetDir: string): Registry {
  const seeds = join(assetDir, 'seeds');
  const read = (folder: string): readonly { file: string; json: unknown }[] => {
    const directory = join(seeds, folder);
    return jsonFiles(directory).map((file) => ({ file, json: readJson(directory, file) }));
  };
  const [questionnaire] = read('questionnaires');
  return {
    plans: readPlans(join(seeds, 'plans')),
    regions: parseSeed(regionTreeSchema, readJson(join(seeds, 'regions'), 'regions.json'), 'regions.json'),
    figures: parseSeed(
      publishedFiguresSchema,
      readJson(seeds, 'published-figures.json'),
      'published-figures.json',
    ),
    instruments: read('instruments').map(({ file, json }) => requireSeed(parseInstrument(json), file)),
    ...readBankFolder(join(assetDir, bankFolder)),
    practicePool: readBank(join(assetDir, practiceFolder)),
    checkLists: readCheckLists(assetDir),
    questionnaire: requireSeed(loadDefinition(questionnaire?.json), questionnaire?.file ?? 'questionnaires'),
    keyGroups: parseSeed(keyGroupDefinitionsSchema, readJson(seeds, 'key-groups.json'), 'key-groups.json'),
    demo: parseSeed(demoParametersSchema, readJson(seeds, 'demo.json'), 'demo.json'),
    planText: (plan) =>
      plan.sourceText === null ? null : readText(join(seeds, 'plans', 'texts'), `${plan.sourceText}.txt`),
  };
}

export const findPlan = (registry: Registry, planId: string): Plan | null =>
  registry.plans.find((plan) => plan.id === planId) ?? null;

export const findInstrument = (registry: Registry, id: string): Instrument | null =>
  registry.instruments.find((instrument) => instrument.id === id) ?? null;

export const findBlueprint = (registry: Registry, id: string): Blueprint | null =>
  registry.blueprints.find((blueprint) => blueprint.id === id) ?? null;
