import { type RawBuilder, sql } from 'kysely'
import { updateColumn } from '../../catalog/columns.repository.ts'
import { updateTable } from '../../catalog/tables.repository.ts'
import { one } from '../../db/transaction.ts'
import { baseMark, highestMark } from '../../query/formula-mark.ts'
import type { CellSet } from '../cell-parameters.ts'
import { fillSets } from '../filled/fill-sets.ts'
import { insertEntry } from '../log-entry.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { physical, stateName } from '../physical-names.ts'
import { momentOf, writeOf } from './formula-write.ts'
import { type TableFormula, tableFormulas } from './table-formulas.ts'

/** Neighbouring rows by their ids. */
export interface RowRange {
  readonly after: string
  readonly first: string | null
  /** Null where there are none. */
  readonly last: string | null
  readonly rows: number
}

/** The formulas whose cells are still to be filled, and those that read them. */
export function pendingFormulas({ table, functions }: Pick<TableWork, 'table' | 'functions'>): readonly TableFormula[] {
  const isPending = table.columns.some(({ formula }) => formula?.pending === true)
  return isPending ? tableFormulas(table, functions).affected([]) : []
}

/** The next rows behind an id. @param size rows at most */
export async function nextRange({ tx, org, table }: TableWork, after: string, size: number): Promise<RowRange> {
  return one(
    await tx.all(sql<RowRange>`
      select ${after} as after, min(_id) as first, max(_id) as last, count(*)::int as rows
      from (select _id from ${physical.rows(org, table)} where _id > ${after}::bigint order by _id limit ${sql.lit(size)}) as c`),
  )
}

/**
 * Computes pending formulas of a range of rows, inside the database. Rows that a write has dealt with are passed over.
 * Versions and times of rows stay: nobody has edited them.
 *
 * Rows are locked as the update meets them, and an update that waited computes from what it then finds: the results are
 * those of the row as it is, whoever writes beside.
 */
export async function fillRows(
  work: TableWork,
  formulas: readonly TableFormula[],
  { after, first, last }: RowRange,
  log: OperationLog,
): Promise<void> {
  if (last === null) return
  const { tx, org, table, context } = work
  const rows = physical.rows(org, table)
  const write = writeOf(formulas, momentOf(context))
  const sets = write.sets('g')
  const { names, values } = listsOf([...sets, ...fillSets(table, sets)])
  const cells = write.cells.map((cell) => sql`t.${sql.id(cell)} as ${sql.id(cell)}`)
  const source = cells.length === 0 ? sql`(select)` : sql`(select ${sql.join(cells)})`
  await tx.run(inOrderOfIds)
  // Without RETURNING, which took a tenth of the time: the entry names the rows looked at, all of which may have changed.
  const filled = await tx.run(sql`
    update ${rows} as t set (${names}) = (select ${values} from ${write.relation(source, [])} as g)
    where t._id > ${after}::bigint and t._id <= ${last}::bigint and (${sql.join(formulas.map(isLeft), sql` or `)})`)
  if (filled > 0) {
    const entry = log.entry('rows-computed', table.id)
    await tx.run(
      insertEntry(
        org,
        entry,
        {
          count: sql`${filled}::int`,
          first: sql`${first}::bigint`,
          last: sql`${last}::bigint`,
          ids: sql`null`,
          before: sql`null`,
          after: sql`null`,
          computed: write.columnIds,
        },
        sql`(values (1)) as one`,
      ),
    )
  }
}

/**
 * Has the update go by the primary key, for the rest of the transaction, and so lock rows in the order of their ids like
 * every write: two that did not would wait for each other in a circle.
 */
const inOrderOfIds = sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`

function listsOf(sets: readonly CellSet[]) {
  return { names: sql.join(sets.map(({ name }) => name)), values: sql.join(sets.map(({ value }) => value)) }
}

/** Whether a row's cell is not of the present generation. */
function isLeft({ definition }: TableFormula): RawBuilder<unknown> {
  const mark = sql`t.${sql.id(stateName(definition))}`
  const generation = definition.formula?.generation ?? 0
  return sql`${mark} is null or ${mark} not between ${sql.lit(baseMark(generation))} and ${sql.lit(highestMark(generation))}`
}

/** Declares formulas filled. Writers who do not know it yet compute more than they need, and nothing wrong. */
export async function declareFilled(work: TableWork, columnIds: readonly string[]): Promise<void> {
  const { tx, org, table, context } = work
  if (columnIds.length === 0) return
  const formulaAt = context.now.toISOString()
  for (const id of columnIds) await updateColumn(tx.db, org.orgId, id, { formulaPending: false, formulaAt })
  await updateTable(tx.db, org.orgId, table.id, {})
}
