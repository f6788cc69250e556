import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import type { OptionSettings } from '../values/options.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/**
 * An option may go only once no cell holds it: a cell of an unknown option could be neither shown nor sorted.
 *
 * @throws OpsError `INVALID_INPUT` naming an option that is in use, and by how many rows
 */
export async function refuseOptionsInUse(work: TableWork, column: ColumnDefinition, settings: Json): Promise<void> {
  if (column.columnType.sort !== 'option-order') return
  const kept = new Set(optionsOf(settings).map(({ id }) => id))
  const removed = optionsOf(column.settings).filter(({ id }) => !kept.has(id))
  if (removed.length === 0) return
  const cell = physical.values(column)
  const held = column.columnType.storage === 'text[]' ? sql`unnest(${cell})` : cell
  const [used] = await work.tx.all(sql<{ id: string; rows: number }>`
    select h.id, count(*)::int as rows from (select ${held} as id from ${physical.rows(work.org, work.table)} where ${cell} is not null) as h
    where h.id = any (${removed.map(({ id }) => id)}::text[]) group by h.id order by rows desc limit 1`)
  if (used === undefined) return
  const name = removed.find(({ id }) => id === used.id)?.name ?? used.id
  throw new OpsError(
    'INVALID_INPUT',
    say('{#count} rows still have "{option}" in {column}. Give them another option first, then remove this one.', {
      count: used.rows,
      option: name,
      column: column.name,
    }),
    { path: ['settings', 'options'] },
  )
}

function optionsOf(settings: Json): OptionSettings['options'] {
  return (settings as unknown as OptionSettings).options
}
