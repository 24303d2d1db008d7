/** The tasks a worker can run, each a plain function of its payload. */
import type { Result } from '@shared/domain/result';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import type { ParseWorkbookPayload } from '../workbooks/parseWorkbookBytes';
import { parseWorkbookBytes } from '../workbooks/parseWorkbookBytes';

export type Progress = (stage: string, fraction: number) => void;

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: Result<unknown> };

export const tasks = {
  parseWorkbook: (payload: ParseWorkbookPayload): Promise<Result<unknown>> => parseWorkbookBytes(payload),
  analyseSurvey: async (payload: AnalysisInput, progress: Progress): Promise<Result<unknown>> =>
    analyseSurvey(payload, progress),
} as const;

export type TaskName = keyof typeof tasks;
