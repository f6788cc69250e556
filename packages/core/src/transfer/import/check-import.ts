import {
  type ColumnDefinition,
  findColumn,
  type TableDefinition,
  tableDefinition,
} from '../../catalog/table-definition.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { type DefinedColumn, defineColumns } from '../../store/formulas/define-columns.ts'
import type { FormulaSurroundings } from '../../store/formulas/formula-write.ts'
import { columnsKey } from '../../store/match-rows.ts'
import type { OrgSession, Work } from '../../store/org-session.ts'
import type { PreparedRow } from '../../store/prepare-cells.ts'
import { type RowColumn, type RowColumns, rowAt, rowsUnder } from '../../store/row-columns.ts'
import { type MatchedPlan, planMatchedRows } from '../../store/write-matched-rows.ts'
import type { Json } from '../../values/json.ts'
import type { FileStore } from '../file-store.ts'
import type { ImportPlan } from '../understand/import-plan.ts'
import { withOptions } from '../with-options.ts'
import type { NewOptions } from './add-options.ts'
import type { ImportInput } from './import-input.ts'
import { matchedWrite } from './import-kind.ts'
import { createKeyIndex } from './key-index.ts'
import { type ImportTarget, type PreparedStep, prepareSteps } from './prepare-step.ts'
import type { RejectedRow } from './rejected-rows.ts'
import { checkMapping, checkRequest, columnInput, headersOf, type ImportRequest } from './start-import.ts'
import { openFile } from './stored-source.ts'
import type { ImportFile } from './uploads.ts'

/** What an import would do. */
export interface ImportCheck {
  /** Rows of the file; each counts once below, but for `warnings`. */
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: number
  /** Rows that mean the same row as others of the file. */
  readonly duplicates: number
  readonly rejected: number
  /** Cells whose text would be kept beside them. */
  readonly warnings: number
  /** Rows that would be made, and rows that would be changed, by column key: the first five of each. */
  readonly samples: {
    readonly created: readonly Readonly<Record<string, Json>>[]
    readonly updated: readonly { readonly id: string; readonly cells: Readonly<Record<string, Json>> }[]
  }
  /** The first 20. */
  readonly rejectedRows: readonly Omit<RejectedRow, 'cells'>[]
  /** Cells that would be kept as texts: the first 20. */
  readonly keptTexts: readonly { readonly column: string; readonly value: string; readonly reason: string }[]
  /** Names that would be added to columns with options, by column name. */
  readonly newOptions: Readonly<Record<string, readonly string[]>>
}

export interface CheckOptions extends CallOptions {
  /** What the file is called, where it does not say so itself. */
  readonly name?: string | undefined
  /** Called as the file is read. */
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
}

const shown = { samples: 5, faults: 20 } as const

/** Rows that are looked at together. */
const stepRecords = 5_000

/**
 * Goes through the whole file as an import would, and writes nothing: what would be made, changed, left out and why.
 *
 * @throws OpsError as `imports.start`
 */
export async function checkImport(
  session: OrgSession,
  files: FileStore,
  file: ImportFile,
  request: ImportRequest,
  options: CheckOptions = {},
): Promise<ImportCheck> {
  const { plan, settings } = checkRequest(request)
  await using source = await openFile(files, session.orgId, file, options.name)
  const { target } = plan
  const draft =
    target.kind === 'new'
      ? await session.read(options, async (work) => draftOf(work, null, plan))
      : await session.readTable(target.tableId, options, async (work) => draftOf(work, work.table, plan))
  const columns = plan.columns.map(({ index, facts, to }, place) => {
    return { index, facts, made: to.kind === 'new', columnId: draft.columnIds[place] ?? '' }
  })
  const input: ImportInput = {
    source: { kind: 'stored', file: '', size: source.size ?? 0 },
    name: null,
    format: plan.format,
    headers: headersOf(plan),
    sourceColumns: plan.sourceColumns ?? null,
    columns,
    match: settings.match.map((column) => findColumn(draft.surroundings.table, column).id),
    settings,
  }
  checkMapping(input, draft.surroundings.table)
  const newOptions = new Map<string, Set<string>>()
  let { surroundings } = draft
  const drafted: ImportTarget = {
    present: async () => surroundings,
    addOptions: async (added) => {
      surroundings = { ...surroundings, table: withAdded(surroundings.table, added, newOptions) }
    },
  }
  const tally = importTally(input)
  const steps = prepareSteps(input, source, drafted, { signal: options.signal, from: undefined, stepRecords })
  for await (const step of steps) {
    const { rows } = step
    if (rows === null) tally.add(step, surroundings.table, null)
    else if (target.kind === 'new' || input.match.length === 0) tally.add(step, surroundings.table, asNew(rows))
    else {
      const found = await session.readTable(target.tableId, options, (work) => {
        const there = withoutNewColumns(rows, work.table)
        return planMatchedRows(work, rowsUnder(work.table, there), matchedWrite(input, work.table))
      })
      tally.add(step, surroundings.table, found)
    }
    options.onProgress?.({ rows: tally.rows() })
  }
  return {
    ...tally.result(),
    newOptions: Object.fromEntries([...newOptions].map(([name, added]) => [name, [...added]])),
  }
}

/** The table as it would be, with the ids of the columns that the plan's go to. */
function draftOf(
  work: Work,
  table: TableDefinition | null,
  plan: ImportPlan,
): { readonly surroundings: FormulaSurroundings; readonly columnIds: readonly string[] } {
  const base = table ?? emptyTable
  const inputs = plan.columns.flatMap(({ to }) => (to.kind === 'new' ? [columnInput(to)] : []))
  const made = defineColumns(inputs, base.columns, work, true).map((column, place) =>
    drafted(column, place, base, work),
  )
  let next = 0
  const columnIds = plan.columns.map(({ to }) => {
    if (to.kind === 'existing') return findColumn(base, to.column).id
    next += 1
    return made[next - 1]?.id ?? ''
  })
  const { context, functions } = work
  return { surroundings: { table: { ...base, columns: [...base.columns, ...made] }, context, functions }, columnIds }
}

function drafted(
  column: DefinedColumn,
  place: number,
  { nextColumnNumber }: TableDefinition,
  { types }: Work,
): ColumnDefinition {
  return {
    ...column,
    formula: null,
    number: nextColumnNumber + place,
    locked: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
    ...types.ofColumn(column),
  }
}

const emptyTable = tableDefinition(
  {
    org_id: '',
    id: '',
    number: 0,
    name: '',
    description: '',
    revision: 0,
    next_column_number: 1,
    has_side: false,
    has_external: false,
    has_places: false,
    created_at: '',
    created_by: '',
    deleted_at: null,
  },
  [],
)

function withAdded(table: TableDefinition, added: NewOptions, noted: Map<string, Set<string>>): TableDefinition {
  return {
    ...table,
    columns: table.columns.map((column) => {
      const names = added.get(column.id)
      if (names === undefined) return column
      noted.set(column.name, new Set([...(noted.get(column.name) ?? []), ...names]))
      return { ...column, settings: withOptions(column, names) as unknown as Json }
    }),
  }
}

/** The part of the rows that a table has columns for. A row with a cell for a new column differs from any that is there. */
function withoutNewColumns(rows: RowColumns, table: TableDefinition): RowColumns {
  const ids = new Set(table.columns.map(({ id }) => id))
  const isThere = ({ column }: RowColumn): boolean => ids.has(column.id)
  const kept = new Map(rows.kept)
  for (const { values } of rows.columns.filter((each) => !isThere(each)))
    for (const [place, value] of values.entries()) if (value !== null && !kept.has(place)) kept.set(place, [])
  return { ...rows, columns: rows.columns.filter(isThere), kept }
}

function asNew(rows: RowColumns): MatchedPlan {
  const made = Array.from({ length: rows.count }, (_, place) => rowAt(rows, place))
  return { groups: rows.count, made, changes: [], passed: 0 }
}

/** Adds up what steps would do. */
function importTally(input: ImportInput) {
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, duplicates: 0, rejected: 0, warnings: 0 }
  const created: Record<string, Json>[] = []
  const updated: { id: string; cells: Record<string, Json> }[] = []
  const rejectedRows: Omit<RejectedRow, 'cells'>[] = []
  const keptTexts: { column: string; value: string; reason: string }[] = []
  const seen = createKeyIndex()
  let rows = 0

  function addMade(row: PreparedRow, match: readonly ColumnDefinition[]): void {
    const key = match.length === 0 ? null : columnsKey(row, match)
    if (key !== null && seen.get(key) !== undefined) {
      counts.duplicates += 1
      return
    }
    if (key !== null) seen.set(key, rows)
    counts.created += 1
    if (created.length < shown.samples) created.push(cellsOf(row))
  }

  return {
    rows: () => rows,
    /** @param plan null where every row is made */
    add: (step: PreparedStep, table: TableDefinition, plan: MatchedPlan | null): void => {
      rows += step.records
      counts.rejected += step.rejected.length
      counts.warnings += step.warnings
      counts.duplicates += step.duplicates + (plan === null ? 0 : (step.rows?.count ?? 0) - plan.groups)
      for (const { cells: _, ...row } of step.rejected.slice(0, shown.faults - rejectedRows.length))
        rejectedRows.push(row)
      noteKept(step, keptTexts)
      if (plan === null) {
        counts.created += step.lines?.lines.length ?? 0
        return
      }
      const match = input.match.map((id) => findColumn(table, id))
      for (const row of plan.made) addMade(underTable(row, table), match)
      counts.updated += plan.changes.length
      for (const row of plan.changes.slice(0, shown.samples - updated.length))
        updated.push({ id: String(row.id), cells: cellsOf(row) })
      counts.skipped += plan.passed
      counts.unchanged += plan.groups - plan.made.length - plan.changes.length - plan.passed
    },
    result: (): Omit<ImportCheck, 'newOptions'> => ({
      rows,
      ...counts,
      samples: { created, updated },
      rejectedRows,
      keptTexts,
    }),
  }
}

/** The row by the columns of another definition of the table. */
function underTable(row: PreparedRow, table: TableDefinition): PreparedRow {
  return { ...row, values: new Map([...row.values].map(([{ id }, value]) => [findColumn(table, id), value])) }
}

function noteKept({ lines, rows }: PreparedStep, noted: { column: string; value: string; reason: string }[]): void {
  const kept = lines === null ? [...(rows?.kept.values() ?? [])] : lines.kept.map(({ texts }) => texts)
  for (const { column, original, message } of kept.flat().slice(0, shown.faults - noted.length))
    noted.push({ column: column.name, value: original, reason: message })
}

function cellsOf({ values }: PreparedRow): Record<string, Json> {
  return Object.fromEntries([...values].filter(([, value]) => value !== null).map(([{ key }, value]) => [key, value]))
}
