/** Use cases of both ends: a county's signed package, and a city's figures from several. */
import type { KeyObject } from 'node:crypto';
import type { SurveyId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { combinePackages } from '@shared/federation/combinePackages';
import type { CombineOptions } from '@shared/federation/combinePackages';
import type { CountyPackage } from '@shared/federation/countyPackage';
import { exportSurvey } from '@shared/federation/exportSurvey';
import type { CityCellVariable } from '@shared/federation/exportSurvey';
import type { FederatedResults } from '@shared/federation/federatedResults';
import { findRegion } from '@shared/domain/region';
import type { HostContext } from '../context';
import { analysisInput } from '../usecases/estimateSurvey';
import { openPackage, signPackage } from './signedPackage';
import type { OpenedPackage } from './signedPackage';
import { fingerprintOf, publicKeyText } from './signingKey';

/** Sums over fewer persons do not leave a county unless somebody asks for it. */
export const usualMinimumCellCount = 3;

export interface ExportChoice {
  readonly surveyId: SurveyId;
  /** Null = the region of the survey. */
  readonly county: string | null;
  readonly cityCells: readonly CityCellVariable[];
  readonly minimumCellCount: number;
}

export interface CountyFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly fingerprint: string;
  readonly content: CountyPackage;
}

/** Failures: NOT_FOUND {what: 'region'}; those of `analysisInput` and `exportSurvey`. */
export function createCountyFile(
  context: HostContext,
  choice: ExportChoice,
  key: KeyObject,
): Result<CountyFile> {
  const input = analysisInput(context, choice.surveyId);
  if (!input.ok) return input;
  const { settings } = input.value.survey;
  const region = findRegion(context.registry.regions, choice.county ?? settings.regionCode);
  if (region === null) return fail('NOT_FOUND', { what: 'region' });
  const { cityCells, minimumCellCount } = choice;
  const county = { code: region.code, name: region.name };
  const content = exportSurvey(input.value, { county, cityCells, minimumCellCount });
  if (!content.ok) return content;
  return ok({
    fileName: `${region.name}-${settings.year}年汇总包.zhtotals`,
    bytes: signPackage(content.value, key),
    fingerprint: fingerprintOf(publicKeyText(key)),
    content: content.value,
  });
}

export interface PackageFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** All files, or the failure of the first that cannot be read. */
export function openPackages(files: readonly PackageFile[]): Result<readonly OpenedPackage[]> {
  const opened: OpenedPackage[] = [];
  for (const { name, bytes } of files) {
    const found = openPackage(name, bytes);
    if (!found.ok) return found;
    opened.push(found.value);
  }
  return ok(opened);
}

export const usualCombination: CombineOptions = {
  singlePsuRule: 'fail',
  thresholds: { minimumRespondents: 30, minimumPsus: 3 },
  confidenceLevel: 0.95,
  margins: [],
};

export const combineOpened = (
  opened: readonly OpenedPackage[],
  options: CombineOptions,
): Result<FederatedResults> =>
  combinePackages(
    opened.map(({ content }) => content),
    options,
  );
