/** Reads the shipped plans and their texts for the seed tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { planSchema } from '@shared/domain/plan';
import type { Plan } from '@shared/domain/plan';
import { regionTreeSchema } from '@shared/domain/region';
import type { RegionTree } from '@shared/domain/region';

const root = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

export const readJson = (relative: string): unknown => JSON.parse(readFileSync(root(relative), 'utf8'));
export const readText = (relative: string): string => readFileSync(root(relative), 'utf8');
export const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(root(folder)).filter((name) => name.endsWith(ending));

export const planFiles = filesIn('seeds/plans', '.json');

export function loadPlans(): readonly Plan[] {
  return planFiles.map((file) => planSchema.parse(readJson(`seeds/plans/${file}`)));
}

export function loadPlan(id: string): Plan {
  return planSchema.parse(readJson(`seeds/plans/${id}.json`));
}

export function loadRegionTree(): RegionTree {
  return regionTreeSchema.parse(readJson('seeds/regions/regions.json'));
}
