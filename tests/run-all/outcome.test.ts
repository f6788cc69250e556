import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { addUp, outcomeOfCheck, readVitestOutcome } from './outcome.ts'

function writeReport(numPassedTests: number, numFailedTests: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'opslayer-outcome-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'report.json')
  writeFileSync(path, JSON.stringify({ numPassedTests, numFailedTests }))
  return path
}

it('counts the tests of a report', () => {
  expect(readVitestOutcome(writeReport(5, 2), 1)).toEqual({ passed: 5, failed: 2 })
})

it('counts a run that fails without a failed test as one failure', () => {
  expect(readVitestOutcome(writeReport(5, 0), 1)).toEqual({ passed: 5, failed: 1 })
  expect(readVitestOutcome('/no/such/report', 1)).toEqual({ passed: 0, failed: 1 })
})

it('counts a check as one', () => {
  expect(addUp([outcomeOfCheck(0), outcomeOfCheck(2), { passed: 3, failed: 0 }])).toEqual({ passed: 4, failed: 1 })
})
