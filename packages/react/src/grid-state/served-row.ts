import type { CellStatus, GridRow } from './grid-row.ts'

/** How a computed cell stands, as the engine tells it. */
export interface ServedState {
  readonly state: CellStatus['state']
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly provider?: string | undefined
}

/** A row as the engine gives it. */
export interface ServedRow extends GridRow {
  /** Formulas' cells that ended in an error: a sign such as `#DIV/0!`, and what happened. By column key. */
  readonly errors?: Readonly<Record<string, { readonly text: string; readonly message: string }>> | undefined
  /** Computed cells that do not simply have their value. By column key. */
  readonly states?: Readonly<Record<string, CellStatus['state'] | ServedState>> | undefined
}

/** The row as the grid shows it: all that is to be said of its computed cells in one record. */
export function gridRow(served: ServedRow): GridRow {
  const { errors, states, ...row } = served
  if (errors === undefined && states === undefined) return served
  const statuses: Record<string, CellStatus> = { ...row.statuses }
  for (const [key, { text, message }] of Object.entries(errors ?? {})) {
    statuses[key] = { state: 'failed', reason: text, message }
  }
  for (const [key, state] of Object.entries(states ?? {})) {
    statuses[key] = typeof state === 'string' ? { state } : statusOf(state)
  }
  return { ...row, statuses }
}

function statusOf({ state, code, message, provider }: ServedState): CellStatus {
  return {
    state,
    ...((message ?? code) !== undefined && { reason: message ?? code, message: message ?? code }),
    ...(provider !== undefined && { provider }),
  }
}
