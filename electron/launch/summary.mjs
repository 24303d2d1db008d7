/** Counts what the checks of `npm test` found. Plain JavaScript for the machine's own Node. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * Tests of one vitest run, from its JSON report; null when there is no readable report.
 * A file that could not even be loaded counts as one failed test.
 */
export function countTests(reportFile) {
  if (!existsSync(reportFile)) return null;
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return null;
  }
  const brokenFiles = (report.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** Whether the counts of a run and its exit code tell the same story; a crash after green tests is a failure. */
export function withExitCode(counts, status) {
  if (counts === null) return { passed: 0, failed: 1, skipped: 0 };
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

export const addCounts = (left, right) => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
});

/** The one line a machine reads at the end. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
