/** The tasks a worker can run, each a plain function of its payload. */
import type { Result } from '@shared/domain/result';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import { analyseSurveyItems } from '@shared/analysis/itemAnalysis';
import type { SurveyItemsInput } from '@shared/analysis/itemAnalysis';
import { calibrateSurvey } from '@shared/analysis/surveyCalibration';
import type { SurveyCalibrationInput } from '@shared/analysis/surveyCalibration';
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { DataTables } from '@shared/analysisSpec/dataTable';
import { runAnalysisSpec } from '@shared/analysisSpec/runAnalysisSpec';
import type { ParallelRequest } from '@shared/assessment/parallelForms';
import { analyseItems } from '@shared/psychometrics/analyseItems';
import type { ItemAnalysisInput } from '@shared/psychometrics/analyseItems';
import type { ItemFileRequest } from '../usecases/itemExchange';
import { readItemFileHere } from '../usecases/itemExchange';
import { assembleInWorker } from '../assembly/assembleInWorker';
import type { ParseWorkbookPayload } from '../workbooks/parseWorkbookBytes';
import { parseWorkbookBytes } from '../workbooks/parseWorkbookBytes';

export type Progress = (stage: string, fraction: number) => void;

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: Result<unknown> };

export interface RunAnalysisSpecPayload {
  readonly spec: AnalysisSpec;
  readonly tables: DataTables;
}

export const tasks = {
  parseWorkbook: (payload: ParseWorkbookPayload): Promise<Result<unknown>> => parseWorkbookBytes(payload),
  readItems: (payload: ItemFileRequest): Promise<Result<unknown>> => readItemFileHere(payload),
  analyseSurvey: async (payload: AnalysisInput, progress: Progress): Promise<Result<unknown>> =>
    analyseSurvey(payload, progress),
  runAnalysisSpec: async (payload: RunAnalysisSpecPayload, progress: Progress): Promise<Result<unknown>> =>
    runAnalysisSpec(payload.spec, payload.tables, progress),
  assembleForms: (payload: ParallelRequest, progress: Progress): Promise<Result<unknown>> =>
    assembleInWorker(payload, progress),
  calibrateItems: async (payload: ItemAnalysisInput, progress: Progress): Promise<Result<unknown>> =>
    analyseItems(payload, progress),
  calibrateSurvey: async (payload: SurveyCalibrationInput, progress: Progress): Promise<Result<unknown>> =>
    calibrateSurvey(payload, progress),
  analyseSurveyItems: async (payload: SurveyItemsInput, progress: Progress): Promise<Result<unknown>> =>
    analyseSurveyItems(payload, progress),
} as const;

export type TaskName = keyof typeof tasks;
