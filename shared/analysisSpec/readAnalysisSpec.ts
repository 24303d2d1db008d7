/** From JSON to a specification, or the first thing wrong with it: where, and what is allowed there. */
import { fail, ok, type Result } from '../domain/result';
import { specProblem, specProblems } from '../texts/specTexts';
import { analysisSpec, type AnalysisSpec } from './analysisSpec';

/** Path as it is written in JavaScript: `analyses[2].outcomes[0]`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );

/** Failure: SPEC_INVALID {path, problem}, the problem in Chinese with the allowed values. */
export function readAnalysisSpec(json: unknown): Result<AnalysisSpec> {
  const parsed = analysisSpec.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue === undefined) throw new Error('a refused document has an issue');
    const path = pathText(issue.path);
    return fail('SPEC_INVALID', {
      path: path === '' ? specProblems.pathMissing : path,
      problem: specProblem(issue),
    });
  }
  const ids = parsed.data.analyses.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  return twice < 0
    ? ok(parsed.data)
    : fail('SPEC_INVALID', { path: `analyses[${twice}].id`, problem: specProblems.twoNames });
}
