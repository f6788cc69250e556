import type { OrgOps } from '@opslayer/core'
import type { ColumnTexts } from './column-texts.ts'
import type { Report } from './report.ts'

/** What every part of the demo has at hand. */
export interface DemoRun {
  readonly acme: OrgOps
  readonly texts: ColumnTexts
  readonly report: Report
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}
