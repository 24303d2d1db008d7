/** The shipped seeds, read from the repository root that vitest runs in. */
import { readdirSync, readFileSync } from 'node:fs';
import { planSchema } from '@shared/domain/plan';
import type { Plan } from '@shared/domain/plan';
import { regionTreeSchema } from '@shared/domain/region';
import type { RegionTree } from '@shared/domain/region';

export const readText = (path: string): string => readFileSync(path, 'utf8');
export const readJson = (path: string): unknown => JSON.parse(readText(path));
export const loadPlan = (id: string): Plan => planSchema.parse(readJson(`seeds/plans/${id}.json`));
export const loadPlans = (): readonly Plan[] =>
  readdirSync('seeds/plans')
    .filter((name) => name.endsWith('.json'))
    .map((name) => loadPlan(name.replace('.json', '')));
export const loadRegionTree = (): RegionTree =>
  regionTreeSchema.parse(readJson('seeds/regions/regions.json'));
