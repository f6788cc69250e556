import { readFileSync } from 'node:fs'

/** How many tests or checks went well and how many did not. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
}

/** A check counts as one. */
export function outcomeOfCheck(exitCode: number): Outcome {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * Counts the tests of a run from vitest's JSON report. A run that fails without a failed test (a file that does not load,
 * an unhandled error, no report at all) counts as one failure.
 */
export function readVitestOutcome(report: string, exitCode: number): Outcome {
  const { passed, failed } = readReport(report)
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed }
}

/** Adds outcomes up. */
export function addUp(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed }), {
    passed: 0,
    failed: 0,
  })
}

function readReport(path: string): Outcome {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
    }
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
