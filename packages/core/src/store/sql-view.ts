import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import type { Org } from '../catalog/orgs.repository.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { loadTable } from '../catalog/tables.repository.ts'
import { isPostgresError } from '../db/database-errors.ts'
import { quoteIdentifier } from '../db/quote.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical, rowsName, schemaName, valuesName, viewName } from './physical-names.ts'

/** A table as the host's developers read it by plain SQL. */
export interface SqlView {
  /** Quoted, with its schema: `"ops_4f7k…"."t1_view"`. It stays the same when table and columns are renamed. */
  readonly name: string
  /** Its columns: our own, then the keys of the table's columns in the order in which those were made. */
  readonly columns: readonly string[]
  /** Statements that let a role read it, for who administers the database. */
  readonly grants: readonly string[]
}

export interface SqlViewOptions extends CallOptions {
  /** Role of the database that is to read. @default 'reporting' */
  readonly reader?: string | undefined
}

const readerSchema = z
  .string()
  .min(1)
  .max(63)
  .refine((name) => name.isWellFormed() && !name.includes('\0'), 'A role is named in at most 63 characters.')

const systemColumns = ['_id', '_version', '_external_key', '_created_at', '_created_by', '_updated_at', '_updated_by']

/**
 * Makes the SQL view of a table, or finds it: `select name, score from "ops_…"."t1_view"`. From then on it follows the
 * table: columns that come, go or are renamed do so in the view, in the transaction that changes them. What roles were
 * granted on it stays.
 *
 * It reads with the rights of who reads it (`security_invoker`), who therefore needs those on the table too.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
 */
export async function sqlView(session: OrgSession, tableId: string, options: SqlViewOptions = {}): Promise<SqlView> {
  const reader = checkInput(readerSchema, options.reader ?? 'reporting', ['reader'])
  return await session.defineTable(tableId, { ...options, part: true }, async (work) => {
    const { org, table } = work
    await makeView(work, await findView(work))
    const [schema, view, rows, role] = [schemaName(org), viewName(table), rowsName(table), reader].map(quoteIdentifier)
    return {
      name: `${schema}.${view}`,
      columns: [...systemColumns, ...membersOf(table).map(([key]) => key)],
      grants: [
        `grant usage on schema ${schema} to ${role}`,
        `grant select on ${schema}.${rows}, ${schema}.${view} to ${role}`,
      ],
    }
  })
}

/** A change of a table's definition that the table's view, if it has one, follows in the same transaction. */
export function followedByView<T>(change: (work: TableWork) => Promise<T>): (work: TableWork) => Promise<T> {
  return async (work) => {
    const result = await change(work)
    const view = await findView(work)
    if (view !== null) await followChange(work, view)
    return result
  }
}

async function followChange(work: TableWork, view: FoundView): Promise<void> {
  const { tx, org, types, table } = work
  try {
    await makeView({ ...work, table: await loadTable(tx.db, types, org.orgId, table.id) }, view)
  } catch (error) {
    if (!isOpsError(error, 'NOT_FOUND')) throw error
    await dropView(work)
  }
}

/** Column keys and numbers of physical columns, in the order in which the columns were made. */
type Members = readonly (readonly [key: string, number: number])[]

const membersSchema = z.array(z.tuple([z.string(), z.int()]))

interface FoundView {
  /** As noted in its comment. */
  readonly members: Members
  readonly grants: readonly { readonly role: string | null; readonly grantable: boolean }[]
}

function membersOf({ columns }: TableDefinition): Members {
  return columns.map(({ key, number }) => [key, number] as const).toSorted(([, a], [, b]) => a - b)
}

async function findView({ tx, org, table }: TableWork): Promise<FoundView | null> {
  const [found] = await tx.all(sql<{ members: string | null; grants: FoundView['grants'] }>`
    select obj_description(c.oid, 'pg_class') as members, (
      select coalesce(json_agg(json_build_object('role', r.rolname, 'grantable', a.is_grantable)), '[]')
      from aclexplode(c.relacl) as a left join pg_roles as r on r.oid = a.grantee
      where a.privilege_type = 'SELECT' and a.grantee <> c.relowner
    ) as grants
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = ${schemaName(org)} and c.relname = ${viewName(table)} and c.relkind = 'v'`)
  if (found === undefined) return null
  return { members: membersSchema.parse(JSON.parse(found.members ?? '[]')), grants: found.grants }
}

/** Makes the view anew where its columns are others now: in place where columns were only added. */
async function makeView(work: TableWork, found: FoundView | null): Promise<void> {
  const { tx, org, table } = work
  const members = membersOf(table)
  const same = (found?.members ?? []).every(([key, number], place) => {
    const [newKey, newNumber] = members[place] ?? []
    return key === newKey && number === newNumber
  })
  if (found !== null && same && found.members.length === members.length) return
  if (found !== null && !same) await dropView(work)
  const view = nameOf(org, table)
  const cells = members.map(([key, number]) => sql`t.${sql.id(valuesName({ number }))} as ${sql.id(key)}`)
  const own = systemColumns.map((name) => sql`t.${sql.id(name)}`)
  await tx.run(sql`
    create or replace view ${view} with (security_invoker = true)
    as select ${sql.join([...own, ...cells])} from ${physical.rows(org, table)} as t`)
  await tx.run(sql`comment on view ${view} is ${sql.lit(JSON.stringify(members))}`)
  if (same) return
  for (const { role, grantable } of found?.grants ?? []) {
    const to = role === null ? sql`public` : sql.id(role)
    await tx.run(sql`grant select on ${view} to ${to}${grantable ? sql` with grant option` : sql``}`)
  }
}

async function dropView({ tx, org, table }: TableWork): Promise<void> {
  try {
    await tx.run(sql`drop view ${nameOf(org, table)}`)
  } catch (error) {
    if (!isPostgresError(error, '2BP01')) throw error
    throw new OpsError(
      'CONFLICT',
      `Other objects of the database depend on the SQL view ${viewName(table)} of “${table.name}”. Let an administrator drop them first.`,
      { cause: error },
    )
  }
}

function nameOf(org: Org, table: TableDefinition): RawBuilder<unknown> {
  return sql.id(schemaName(org), viewName(table))
}
