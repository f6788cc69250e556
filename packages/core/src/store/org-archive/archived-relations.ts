import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../../catalog/orgs.repository.ts'
import type { Transaction } from '../../db/transaction.ts'
import { cellStorages } from '../cell-storage.ts'
import { originsName, physical, rowsName, schemaName, sideName } from '../physical-names.ts'
import { createRowsTable, createSideTable } from '../table-ddl.ts'
import { type ArchivedRelation, damaged } from './archive-format.ts'

/** What each relation is ordered by, its first columns in the archive; whole numbers all. */
export const relationKeys: Readonly<Record<ArchivedRelation['relation'], readonly string[]>> = {
  rows: ['_id'],
  side: ['row_id', 'column_number'],
  origins: ['number'],
  changes: ['seq'],
}

/** The relations of the org, or the one of that name, with their columns, key columns first. */
export async function listRelations(tx: Transaction, org: Org, only?: string): Promise<ArchivedRelation[]> {
  const found = await tx.all(sql<{ name: string; columns: [string, string][] }>`
    select c.relname::text as name,
      json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = ${schemaName(org)}::regnamespace and c.relkind = 'r' and ${only === undefined ? sql`true` : sql`c.relname = ${only}`}
    group by c.oid order by c.oid`)
  return found.flatMap(({ name, columns }) => {
    const [, number, beside] = /^t(\d+)(?:_(side|origins))?$/.exec(name) ?? []
    if (number === undefined && name !== 'changes') return []
    const relation = number === undefined ? 'changes' : ((beside as 'side' | 'origins' | undefined) ?? 'rows')
    const key = relationKeys[relation]
    const place = (column: string): number => (key.includes(column) ? key.indexOf(column) : key.length)
    const ordered = columns.toSorted(([a], [b]) => place(a) - place(b))
    return { relation, table: number === undefined ? null : Number(number), columns: ordered }
  })
}

export function relationName(org: Org, { relation, table }: ArchivedRelation): RawBuilder<unknown> {
  if (relation === 'changes' || table === null) return physical.changes(org)
  return physical[relation](org, { number: table })
}

/** Target of a `COPY … FROM`. Its column names are those that {@link makeRelation} has checked. */
export function copyTarget(org: Org, archived: ArchivedRelation): string {
  const columns = archived.columns.map(([column]) => `"${column}"`)
  return `"${schemaName(org)}"."${plainName(archived)}" (${columns.join(', ')})`
}

const plainNames = { rows: rowsName, side: sideName, origins: originsName } as const

function plainName({ relation, table }: ArchivedRelation): string {
  return relation === 'changes' ? 'changes' : plainNames[relation]({ number: table ?? 0 })
}

const cellColumn = /^c[1-9]\d{0,4}(_k|_s|_o)?$/
const cellTypes: ReadonlySet<string> = new Set([
  ...Object.values(cellStorages).map(({ sqlType }) => formatted(sqlType)),
  'smallint',
  'bigint',
])

/**
 * Makes the relation that an archive announces; nothing of its names and types is taken that opslayer does not make
 * itself.
 *
 * @throws OpsError `INVALID_INPUT`
 */
export async function makeRelation(tx: Transaction, org: Org, archived: ArchivedRelation): Promise<void> {
  const { relation, table, columns } = archived
  if ((table === null) !== (relation === 'changes')) throw damaged('a relation has the wrong place')
  if (table !== null && (relation === 'side' || relation === 'origins'))
    await createSideTable(tx, org, { number: table })
  if (table !== null && relation === 'rows') {
    await createRowsTable(tx, org, { number: table }, [])
    const cells = columns.filter(([name]) => cellColumn.test(name))
    const unknown = cells.find(([, type]) => !cellTypes.has(type))
    if (unknown !== undefined) throw damaged(`a column has the type "${unknown[1].slice(0, 60)}"`)
    const additions = cells.map(
      ([name, type]) => sql`add column ${sql.id(name)} ${sql.raw(type)}${type === 'text' ? sql` collate "C"` : sql``}`,
    )
    if (additions.length > 0) await tx.run(sql`alter table ${relationName(org, archived)} ${sql.join(additions)}`)
  }
  const made = await listRelations(tx, org, plainName(archived))
  const present = new Set(made.flatMap((own) => own.columns.map(([name]) => name)))
  const missing = columns.find(([name]) => !present.has(name))
  if (missing !== undefined) throw damaged(`it has a column "${missing[0]}" that is not known`)
}

/** As `format_type` writes it. */
function formatted(sqlType: string): string {
  return sqlType.replace(/^timestamptz\((\d)\)$/, 'timestamp($1) with time zone')
}
