import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { tablesWithFormulas } from '../../catalog/columns.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { one } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { retryContention } from '../advisor/retry-contention.ts'
import type { CellSet } from '../cell-parameters.ts'
import { fillSets } from '../filled/fill-sets.ts'
import { insertEntry } from '../log-entry.ts'
import { type OperationLog, startOperation } from '../operation-log.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import { backfillRows } from './backfill.ts'
import { dueFormulas } from './due-formulas.ts'
import { declareFilled } from './fill-rows.ts'
import { type FormulaWrite, momentOf, writeOf } from './formula-write.ts'
import { type TableFormula, tableFormulas } from './table-formulas.ts'

export interface RefreshOptions extends CallOptions {
  /** @default every table of the org */
  readonly tableId?: string | undefined
}

export interface RefreshResult {
  /** Tables in which something was due. */
  readonly tables: number
  /** Rows whose results changed. */
  readonly rows: number
}

const tableIdSchema = z.string().max(300).optional()

/**
 * Computes results that change with time anew where they are older than their unit, chunk by chunk; only rows whose
 * result is another one are written.
 */
export async function refreshVolatile(session: OrgSession, options: RefreshOptions = {}): Promise<RefreshResult> {
  const asked = checkInput(tableIdSchema, options.tableId, ['tableId'])
  const ids =
    asked === undefined ? await session.read(options, ({ tx, org }) => tablesWithFormulas(tx.db, org.orgId)) : [asked]
  let tables = 0
  let rows = 0
  for (const tableId of ids) {
    const changed = await refreshTable(session, tableId, options).catch((error) => {
      // Deleted meanwhile.
      if (asked === undefined && isOpsError(error, 'NOT_FOUND')) return null
      throw error
    })
    if (changed === null) continue
    tables += 1
    rows += changed
  }
  return { tables, rows }
}

/** @returns the rows that changed; null where nothing was due */
async function refreshTable(session: OrgSession, tableId: string, options: CallOptions): Promise<number | null> {
  const size = backfillRows[(await session.database()).kind]
  const log = startOperation(session.actor)
  let after: string | null = '0'
  let rows = 0
  let begun = false
  while (after !== null) {
    const from: string = after
    const step = await retryContention(options, () =>
      session.writeTable(tableId, options, (work) => refreshChunk(work, from, size, log)),
    )
    if (step === null) return begun ? rows : null
    begun = true
    rows += step.changed
    after = step.last
  }
  return rows
}

async function refreshChunk(
  work: TableWork,
  after: string,
  size: number,
  log: OperationLog,
): Promise<{ readonly changed: number; readonly last: string | null } | null> {
  const { tx, org, table, context } = work
  const due = dueFormulas(work)
  if (due.length === 0) return null
  const formulas = tableFormulas(table, work.functions).affected(due.map(({ id }) => id))
  const wanted = withThem(tableFormulas(table, work.functions).formulas, due, formulas)
  const write = writeOf(wanted, momentOf(context))
  const sets = [...write.sets('g'), ...fillSets(table, write.sets('g'))]
  const rows = physical.rows(org, table)
  const { found, last, changed } = one(
    await tx.all(sql<{ found: number; last: string | null; changed: number }>`
      with p as materialized (
        select t.* from ${rows} as t where t._id > ${after}::bigint order by t._id limit ${sql.lit(size)}
      ), c as materialized (
        select p._id from p, lateral (select ${results(write.sets('g'))} from ${write.relation(cellsOf('p', write), [])} as g) as r
        where ${differs(write)}
      ), u as (
        update ${rows} as t
        set (${names(sets)}) = (select ${results(sets)} from ${write.relation(cellsOf('t', write), [])} as g)
        from c where t._id = c._id
        returning t._id
      ), e as (
        select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids from u
      ), l as (
        ${insertEntry(
          org,
          log.entry('rows-computed', table.id),
          {
            count: sql`e.n`,
            first: sql`e.first`,
            last: sql`e.last`,
            ids: sql`e.ids`,
            before: sql`null`,
            after: sql`null`,
            computed: write.columnIds,
          },
          sql`e where e.n > 0`,
        )}
      )
      select (select count(*)::int from p) as found, (select max(_id) from p) as last, e.n as changed from e`),
  )
  if (found === size && last !== null) return { changed, last }
  await declareFilled(
    work,
    due.filter(({ definition }) => definition.formula?.pending === false).map(({ id }) => id),
  )
  return { changed, last: null }
}

/** Formulas that are due and those that read them, in order. */
function withThem(
  all: readonly TableFormula[],
  due: readonly TableFormula[],
  readers: readonly TableFormula[],
): readonly TableFormula[] {
  const ids = new Set([...due, ...readers].map(({ id }) => id))
  return all.filter(({ id }) => ids.has(id))
}

function cellsOf(alias: string, { cells }: FormulaWrite): RawBuilder<unknown> {
  if (cells.length === 0) return sql`(select)`
  return sql`(select ${sql.join(cells.map((cell) => sql`${sql.id(alias, cell)} as ${sql.id(cell)}`))})`
}

function names(sets: readonly CellSet[]): RawBuilder<unknown> {
  return sql.join(sets.map(({ name }) => name))
}

function results(sets: readonly CellSet[]): RawBuilder<unknown> {
  return sql.join(sets.map(({ name, value }) => sql`${value} as ${name}`))
}

function differs(write: FormulaWrite): RawBuilder<unknown> {
  const distinct = write.sets('g').map(({ name }) => sql`p.${name} is distinct from r.${name}`)
  return sql.join(distinct, sql` or `)
}
