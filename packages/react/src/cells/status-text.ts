import type { CellStatus } from '../grid-state/grid-row.ts'
import type { Translate } from '../provider/translator.ts'

/** What is to be said of a computed cell when it is pointed at or read out; empty where its value says all. */
export function statusText({ state, reason, message, provider }: CellStatus, translate: Translate): string {
  switch (state) {
    case 'queued':
    case 'running':
    case 'stale':
      return translate(`cell.${state}`)
    case 'failed':
    case 'skipped':
      return translate.said(message ?? reason ?? translate(`cell.${state}`))
    case 'done':
      return provider === undefined ? '' : translate('cell.from', { provider })
  }
  return state satisfies never
}
