import { limits } from '../../catalog/limits.ts'
import { type TableDefinition, writeRefusal } from '../../catalog/table-definition.ts'
import { say } from '../../sentences/say.ts'
import type { ValueContext } from '../../values/column-type.ts'
import type { SourceInspection } from '../read/inspect-source.ts'
import type { ColumnFacts } from './column-facts.ts'
import { type ImportPlan, longestHeader, type PlannedColumn } from './import-plan.ts'
import { type ColumnMatch, matchColumns } from './match-columns.ts'
import { type ProposedColumn, proposeColumns } from './propose-columns.ts'
import { applyMapping, type SavedMapping } from './saved-mapping.ts'

/** Where a file is to go. */
export type PlanTarget =
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'existing'; readonly table: TableDefinition }

export interface ProposeOptions {
  /** The mapping of an earlier file of the kind: it goes before what is guessed. */
  readonly saved?: SavedMapping | undefined
  /** What becomes of columns for which an existing table has none. @default 'leave' */
  readonly unmatched?: 'leave' | 'add' | undefined
}

/** A plan with what it was made from. */
export interface ProposedPlan {
  /** Has no columns where none was found to go anywhere; then it cannot be used as it is. */
  readonly plan: ImportPlan
  /** What the sample says of each column of the file. */
  readonly columns: readonly ProposedColumn[]
  /** For an existing table: which column goes where, and why. */
  readonly matches: readonly ColumnMatch[]
  readonly warnings: readonly string[]
}

/** Proposes how to import a file. */
export function proposePlan(
  inspection: SourceInspection,
  target: PlanTarget,
  context: ValueContext,
  { saved, unmatched = 'leave' }: ProposeOptions = {},
): ProposedPlan {
  const columns = proposeColumns(inspection, context)
  const table = target.kind === 'existing' ? target.table : null
  const kept = saved === undefined ? [] : usable(applyMapping(saved, inspection.columns), table)
  const keptIndexes = new Set(kept.map(({ index }) => index))
  const keptTargets = new Set(kept.flatMap(({ to }) => (to.kind === 'existing' ? [to.column] : [])))
  const free = (table?.columns ?? []).filter(({ id, key }) => !keptTargets.has(id) && !keptTargets.has(key))
  const open = columns.filter(({ source }) => !keptIndexes.has(source.index))
  const matches = matchColumns(open, inspection.sample, free, context)
  const guessed = open.flatMap((column): PlannedColumn[] => {
    const match = matches.find(({ index }) => index === column.source.index)
    if (match !== undefined) return [planned(column, { kind: 'existing', column: match.column.id }, match.facts)]
    return table === null || unmatched === 'add' ? [planned(column, newColumn(column), column.facts)] : []
  })
  const all = [...kept, ...guessed].sort((a, b) => a.index - b.index)
  const most = limits.columnsPerTable - (table?.columns.length ?? 0)
  let made = 0
  const fitting = all.filter(({ to }) => to.kind === 'existing' || ++made <= most)
  const warnings = [...inspection.warnings]
  if (fitting.length < all.length) {
    warnings.push(
      say('The file has {#columns} columns, and a table has {#count} at most: the last {#left} are left out.', {
        columns: columns.length,
        count: limits.columnsPerTable,
        left: all.length - fitting.length,
      }),
    )
  }
  const plan: ImportPlan = {
    format: inspection.format,
    target: target.kind === 'new' ? target : { kind: 'existing', tableId: target.table.id },
    columns: fitting,
    sourceColumns: inspection.columns.map(({ header }) => header.slice(0, longestHeader)),
  }
  return { plan, columns, matches, warnings }
}

/** The saved columns that still have somewhere to go. */
function usable(columns: readonly PlannedColumn[], table: TableDefinition | null): PlannedColumn[] {
  return columns.filter(({ to }) => {
    if (to.kind === 'new') return table === null
    return table?.columns.some(
      (column) => (column.id === to.column || column.key === to.column) && writeRefusal(column) === null,
    )
  })
}

function planned({ source }: ProposedColumn, to: PlannedColumn['to'], facts: ColumnFacts): PlannedColumn {
  return { index: source.index, header: source.header.slice(0, longestHeader), to, facts }
}

function newColumn({ source, type, settings }: ProposedColumn): PlannedColumn['to'] {
  return { kind: 'new', name: source.name, type, settings }
}
