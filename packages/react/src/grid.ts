/** The grid alone: no column types, no dialogs, no server. Hand it columns with their types and a source of rows. */
export type { CellContent, CellKind, CellTemplate, LiveCellProps } from './cells/cell-kind.ts'
export type { AfterEdit, CellEditor, CellEditorProps } from './editors/cell-editor.ts'
export type { GridHost, Notice, OpenedCell, PastedColumn } from './grid/controller/grid-core.ts'
export type { Density } from './grid/controller/grid-state.ts'
export type { Summaries, Summary } from './grid/footer-row.tsx'
export type { ActiveCell, GridActions } from './grid/grid-actions.ts'
export { GridView, type GridViewProps } from './grid/grid-view.tsx'
export type { ColumnMarks } from './grid/header-cell.tsx'
export type { SummaryFunctions } from './grid/use-summary.ts'
export type {
  AggregateResult,
  AggregateValue,
  ColumnAggregate,
  RowsSummary,
} from './grid-state/aggregate-result.ts'
export type { GridColumn, PinnedSide } from './grid-state/grid-column.ts'
export type { CellFormat, CellStatus, GridRow } from './grid-state/grid-row.ts'
export type { RowGroup } from './grid-state/lines.ts'
export { type MemoryRows, type MemoryRowsOptions, memoryRows } from './grid-state/memory-rows.ts'
export { type RemoteRows, type RemoteRowsOptions, remoteRows } from './grid-state/remote-rows.ts'
export type { RefusedEdit, RowEdit, RowSource, SourceChange } from './grid-state/row-source.ts'
export type {
  FoundPage,
  GroupsPage,
  RemoteChange,
  RowPlace,
  RowsEndpoint,
  WriteAnswer,
} from './grid-state/rows-endpoint.ts'
export { GridProvider, type GridProviderProps } from './provider/grid-provider.tsx'
export type { TextKey, Texts } from './provider/texts.ts'
export type { Translate } from './provider/translator.ts'
