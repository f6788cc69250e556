import type { LiveChange } from './client/live-calls.ts'

const root = 'opslayer'

/** Names of everything that is kept of the server, from the general to the particular. */
export const queryKeys = {
  all: [root],
  tables: [root, 'tables'],
  /** Id of the table that the user has just made. */
  newTable: [root, 'new-table'],
  /** All that is about one table. */
  inTable: (tableId: string) => [root, 'table', tableId],
  table: (tableId: string) => [root, 'table', tableId, 'definition'],
  views: (tableId: string) => [root, 'table', tableId, 'views'],
  /** What is worked out from rows: counts, groups, summaries, values. */
  rows: (tableId: string, ...of: readonly unknown[]) => [root, 'table', tableId, 'rows', ...of],
  history: (tableId: string, ...of: readonly unknown[]) => [root, 'table', tableId, 'history', ...of],
  undo: [root, 'undo'],
  anyRun: [root, 'run'],
  run: (runId: string) => [root, 'run', runId],
  runs: (...of: readonly unknown[]) => [root, 'runs', ...of],
  runLog: (runId: string) => [root, 'runs', 'log', runId],
  plugins: [root, 'plugins'],
  options: (...of: readonly unknown[]) => [root, 'plugins', 'options', ...of],
  budgets: [root, 'budgets'],
  spend: (month: string | null) => [root, 'budgets', 'spend', month],
  feeds: [root, 'feeds'],
  schedules: [root, 'schedules'],
  nextRuns: (...of: readonly unknown[]) => [root, 'next-runs', ...of],
  connections: [root, 'connections'],
} as const satisfies Record<string, readonly unknown[] | ((...of: never[]) => readonly unknown[])>

/** The names of what a change made old. */
export function keysChangedBy({ kind, tableId }: LiveChange): readonly (readonly unknown[])[] {
  const { history, rows, table, tables, undo, views } = queryKeys
  switch (kind) {
    case 'table':
      return [tables, table(tableId), history(tableId), undo]
    case 'column':
      return [tables, table(tableId), views(tableId), rows(tableId), history(tableId), undo]
    case 'view':
      return [views(tableId), history(tableId), undo]
    case 'rows-computed':
      return [rows(tableId)]
    case 'rows-inserted':
    case 'rows-updated':
    case 'rows-deleted':
    case 'rows-moved':
      return [rows(tableId), history(tableId), undo]
    default:
      return kind satisfies never
  }
}
