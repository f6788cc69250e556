import { type RawBuilder, sql } from 'kysely'
import { cellStates } from '../query/cell-state.ts'
import type { CopyFrom, CopyPair } from './copy-source.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/** Texts that did not fit their cells go along with the rows (`row_id`, `source_id`), where the column copied into is of the same type. */
export function insertWarnings(
  { org, table }: TableWork,
  copy: CopyFrom,
  rows: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into ${physical.side(org, table)} (row_id, column_number, state, code, message, original)
    select r.row_id, p.target, s.state, s.code, s.message, s.original
    from (${rows}) as r join ${physical.side(org, copy.source)} as s on s.row_id = r.source_id
      join ${pairedNumbers(alike(copy))} on p.source = s.column_number
    where s.state = ${cellStates.warning}
    on conflict (row_id, column_number) do update
      set state = excluded.state, code = excluded.code, message = excluded.message, original = excluded.original`
}

/** Brings the warnings of copies (`row_id`, `source_id`) up to date with those of their origins. */
export async function refreshWarnings(work: TableWork, copy: CopyFrom, copies: RawBuilder<unknown>): Promise<void> {
  const { org, table, tx } = work
  await tx.run(sql`
    delete from ${physical.side(org, table)} as o using (${copies}) as r, ${pairedNumbers(alike(copy))}
    where o.row_id = r.row_id and o.column_number = p.target and o.state = ${cellStates.warning}
      and not exists (
        select 1 from ${physical.side(org, copy.source)} as s
        where s.row_id = r.source_id and s.column_number = p.source and s.state = ${cellStates.warning})`)
  await tx.run(insertWarnings(work, copy, copies))
}

/** Pairs whose texts go along: where the types differ, rows are read one by one. */
function alike({ pairs }: CopyFrom): readonly CopyPair[] {
  return pairs.filter(({ from, to }) => from.type === to.type)
}

/** The numbers of the columns that are paired, as `p`. */
export function pairedNumbers(pairs: readonly CopyPair[]): RawBuilder<unknown> {
  const sources = pairs.map(({ from }) => from.number)
  const targets = pairs.map(({ to }) => to.number)
  return sql`unnest(${sources}::int[], ${targets}::int[]) as p (source, target)`
}
