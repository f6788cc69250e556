export type { PageOf } from './data/client/calls.ts'
export type {
  ChangeKind,
  HistoryEntry,
  RevertResult,
  RowHistoryEntry,
  TableHistoryEntry,
  UndoStep,
} from './data/client/history-calls.ts'
export type { LiveChange, LiveEvent } from './data/client/live-calls.ts'
export type { OpsClient } from './data/client/ops-client.ts'
export type { OpsConnection, OpsPlugin } from './data/client/plugins-calls.ts'
export type { DeletedRow, TableQuery, TableRow } from './data/client/rows-calls.ts'
export type { OpsRun, RunState } from './data/client/runs-calls.ts'
export type { ColumnChanges, ColumnInput, OpsTableInfo, TableColumn } from './data/client/tables-calls.ts'
export type {
  Filter,
  FormatRule,
  GroupBy,
  OpsView,
  RowHeight,
  Sort,
  ViewColumn,
  ViewDefinition,
  ViewKind,
  ViewStyle,
} from './data/client/views-calls.ts'
export { type Uploads, useOpsClient } from './data/data-context.ts'
export { type DialogOpener, useDialogs } from './data/dialog-host.tsx'
export { type OpsFault, type OpsIssue, opsFault } from './data/ops-fault.ts'
export type { Command, CommandPlace, DialogControl, Dialogs, PaletteEntry, Registries } from './data/registries.ts'
export type { Action, Role } from './data/roles.ts'
export { tableColumns } from './data/table-columns.ts'
export { tableRows } from './data/table-rows.ts'
export { useColumnMutations } from './data/use-columns.ts'
export { useMay } from './data/use-may.ts'
export { useConnections, usePlugins } from './data/use-plugins.ts'
export { type DistinctAsked, useDistinct, useRow, useRowMutations } from './data/use-rows.ts'
export { useRun, useRunMutations, useRuns } from './data/use-runs.ts'
export { useTable, useTableMutations, useTables } from './data/use-tables.ts'
export { useUndo } from './data/use-undo.ts'
export { useViewMutations, useViews } from './data/use-views.ts'
export * from './grid.ts'
export { OpsProvider, type OpsProviderProps } from './provider/ops-provider.tsx'
export { OpsTable, type OpsTableProps } from './table/ops-table.tsx'
