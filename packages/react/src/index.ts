export { CellSample, type CellSampleProps } from './cells/cell-sample.tsx'
export { CommandMenu, type CommandMenuProps } from './commands/command-menu.tsx'
export type { ActionEntry, ActionEstimate, ActionRequest } from './data/client/actions-calls.ts'
export type { OpsBudget, SpendLine } from './data/client/budgets-calls.ts'
export type { PageOf } from './data/client/calls.ts'
export type {
  CellExplanation,
  CellPreview,
  CellsEstimate,
  CellsPreview,
  CellsRequest,
  CellsRunRequest,
  Cost,
} from './data/client/cells-calls.ts'
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
export type {
  OpsActionPart,
  OpsColumnPart,
  OpsConnection,
  OpsPlugin,
  OpsSourcePart,
} from './data/client/plugins-calls.ts'
export type { DeletedRow, TableQuery, TableRow } from './data/client/rows-calls.ts'
export type { OpsRun, RunLogEntry, RunState } from './data/client/runs-calls.ts'
export type { OpsSchedule, ScheduleInput } from './data/client/schedules-calls.ts'
export type { OpsFeed } from './data/client/sources-calls.ts'
export type {
  ColumnChanges,
  ColumnFill,
  ColumnInput,
  FillInput,
  FillSource,
  OpsTableInfo,
  TableColumn,
} from './data/client/tables-calls.ts'
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
export { useActionEstimate, useActionLog, useActionMutations } from './data/use-actions.ts'
export { useBudgetMutations, useBudgets, useSpend } from './data/use-budgets.ts'
export { useCellExplanation, useCellMutations, useCellsEstimate } from './data/use-cells.ts'
export { useColumnMutations } from './data/use-columns.ts'
export { useFeedMutations, useFeeds } from './data/use-feeds.ts'
export { useDeletedRows, useRowHistory, useTableHistory } from './data/use-history.ts'
export { useMay } from './data/use-may.ts'
export { useConnections, usePlugins } from './data/use-plugins.ts'
export { type DistinctAsked, useDistinct, useRow, useRowMutations } from './data/use-rows.ts'
export { type RunsAsked, useRun, useRunLog, useRunMutations, useRuns } from './data/use-runs.ts'
export { useScheduleMutations, useSchedules } from './data/use-schedules.ts'
export { useTable, useTableMutations, useTables } from './data/use-tables.ts'
export { useUndo } from './data/use-undo.ts'
export { useViewMutations, useViews } from './data/use-views.ts'
export { FilterBuilder, type FilterBuilderProps } from './filters/filter-builder.tsx'
export { type FilterDraft, type FilterDraftOptions, useFilterDraft } from './filters/use-filter-draft.ts'
export { FormulaEditor, type FormulaEditorProps } from './formula/formula-editor.tsx'
export { type FormulaCheckState, useFormulaCheck } from './formula/use-formula-check.ts'
export * from './grid.ts'
export { TablesHome, type TablesHomeProps } from './home/tables-home.tsx'
export type { Person } from './people/people.ts'
export { useActorName } from './people/use-actor-name.ts'
export { OpsProvider, type OpsProviderProps } from './provider/ops-provider.tsx'
export { englishTexts } from './provider/texts.ts'
export { DeletedRows, type DeletedRowsProps } from './rows/deleted-rows.tsx'
export { RowPanel, type RowPanelProps } from './rows/row-panel.tsx'
export { TableHistory, type TableHistoryProps } from './rows/table-history.tsx'
export { type UndoNotices, useUndoNotices } from './rows/use-undo-notices.ts'
export { type WorkPage, WorkPanel, type WorkPanelProps } from './runs/work-panel.tsx'
export { ActiveChips, type ActiveChipsProps } from './table/active-chips.tsx'
export { OpsTable, type OpsTableProps } from './table/ops-table.tsx'
export { useTableCommands } from './table/table-commands.tsx'
export { type Tool, Toolbar, type ToolbarProps } from './table/toolbar.tsx'
export { useSummaries } from './table/use-summaries.ts'
export { type TableRows, type TableRowsOptions, useTableRows } from './table/use-table-rows.ts'
export { type ExportChoice, exportPath, type ShownTable } from './transfer/export-path.ts'
export type { ImportEvent, ImportState } from './transfer/import-state.ts'
export { type ImportWork, useImport } from './transfer/use-import.ts'
export { FieldsMenu, type FieldsMenuProps } from './views/fields-menu.tsx'
export { FormatRules, type FormatRulesProps } from './views/format-rules.tsx'
export { GroupMenu, type GroupMenuProps } from './views/group-menu.tsx'
export { SortMenu, type SortMenuProps } from './views/sort-menu.tsx'
export { type Fields, type FieldsOptions, useFields } from './views/use-fields.ts'
export {
  type FormatRulesDraft,
  type FormatRulesOptions,
  type ListedRule,
  useFormatRules,
} from './views/use-format-rules.ts'
export { useGridColumns } from './views/use-grid-columns.ts'
export { type Levels, type LevelsOptions, useGroupLevels, useSorts } from './views/use-levels.ts'
export { type TableView, type TableViewOptions, type TableViewState, useTableView } from './views/use-table-view.ts'
export type { ArrangedColumn } from './views/view-columns.ts'
export { ViewTabs, type ViewTabsProps } from './views/view-tabs.tsx'
