/** The standard analysis of a survey as an analysis specification with its data table. */
import type { SurveySpec } from '@shared/analysis/surveySpec';
import { surveySpec } from '@shared/analysis/surveySpec';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import type { HostContext } from '../context';
import { analysisInput } from './estimateSurvey';

/** `file` is the path the specification gives its data. Failures: NOT_FOUND; NO_RESPONDENTS; SPEC_INVALID. */
export function getAnalysisSpec(context: HostContext, id: SurveyId, file: string): Result<SurveySpec> {
  const input = analysisInput(context, id);
  return input.ok ? surveySpec(input.value, file) : input;
}
