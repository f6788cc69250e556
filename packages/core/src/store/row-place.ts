import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { one } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { movesEntry } from './moves-entry.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { rowIdSchema } from './row-id.ts'
import { isSeen, presentRows } from './seen-rows.ts'

/** Where rows go in the table's own order. */
export const rowPlaceSchema = z.union([
  z.strictObject({ before: rowIdSchema }),
  z.strictObject({ after: rowIdSchema }),
  z.strictObject({ at: z.enum(['start', 'end']) }),
])

export type RowPlace = Readonly<z.infer<typeof rowPlaceSchema>>

/** Two positions between which there is no row; null where there is no neighbour. Exact decimals as text. */
interface Gap {
  readonly low: string | null
  readonly high: string | null
}

/** Decimals of a position. A gap halves about 60 times before it is narrower than this. */
const scale = 20

/** Rows on each side of a gap that share their space with it once it is too narrow. */
const region = 100

/**
 * The position of the `place`-th of `count` rows (from 1) that go to one place, as SQL. Positions never pass the last
 * number of the row ids' sequence, so its next number is always behind the last row.
 *
 * @param log told of neighbours that had to make room, so that undo puts them back too
 * @throws OpsError `NOT_FOUND` if the neighbour is not there
 */
export async function positionAt(
  work: TableWork,
  where: RowPlace,
  count: number,
  log: OperationLog,
): Promise<(place: RawBuilder<unknown>) => RawBuilder<unknown>> {
  const atEnd = (): RawBuilder<unknown> => sql`nextval(${physical.rowIds(work.org)})::numeric`
  if ('at' in where && where.at === 'end') return atEnd
  let gap = await findGap(work, where)
  if (tooNarrow(gap, count)) {
    await makeRoom(work, gap, log)
    gap = await findGap(work, where)
  }
  const { low, high } = gap
  const share = (place: RawBuilder<unknown>): RawBuilder<unknown> => sql`${place}::numeric / ${sql.lit(count + 1)}`
  if (high === null) return atEnd
  if (low === null) return (place) => sql`round(${high}::numeric - 1 + ${share(place)}, ${sql.lit(scale)})`
  return (place) =>
    sql`round(${low}::numeric + (${high}::numeric - ${low}::numeric) * ${share(place)}, ${sql.lit(scale)})`
}

async function findGap(work: TableWork, where: RowPlace): Promise<Gap> {
  const { tx, org, table } = work
  const rows = physical.rows(org, table)
  if ('at' in where)
    return one(await tx.all(sql<Gap>`select null as low, (select min(_position) from ${rows}) as high`))
  const id = 'before' in where ? where.before : where.after
  const [found] = await tx.all(
    'before' in where
      ? sql<Gap>`select (select o._position from ${rows} as o where (o._position, o._id) < (t._position, t._id) order by o._position desc, o._id desc limit 1) as low, t._position as high from ${rows} as t where t._id = ${id}::bigint and ${isSeen(work)}`
      : sql<Gap>`select t._position as low, (select o._position from ${rows} as o where (o._position, o._id) > (t._position, t._id) order by o._position, o._id limit 1) as high from ${rows} as t where t._id = ${id}::bigint and ${isSeen(work)}`,
  )
  if (found === undefined) throw noNeighbour(id)
  return found
}

/**
 * Before a table is made ready for places, which is for good.
 *
 * @throws OpsError `NOT_FOUND` if the neighbour is not there
 */
export async function checkPlace(work: TableWork, where: RowPlace): Promise<void> {
  if ('at' in where) return
  const id = 'before' in where ? where.before : where.after
  if ((await presentRows(work, [id])).size === 0) throw noNeighbour(id)
}

function noNeighbour(id: string): OpsError {
  return new OpsError('NOT_FOUND', say('There is no row {id} to place rows beside.', { id }), { path: ['place'] })
}

function tooNarrow({ low, high }: Gap, count: number): boolean {
  return low !== null && high !== null && Number(high) - Number(low) < (count + 1) * 1e-12
}

/** Spreads the rows around a narrow gap evenly over their common space; their order stays. */
async function makeRoom({ tx, org, table }: TableWork, { low, high }: Gap, log: OperationLog): Promise<void> {
  const rows = physical.rows(org, table)
  await tx.run(sql`
    with near as (
      (select _id, _position from ${rows} where _position <= ${low}::numeric order by _position desc, _id desc limit ${sql.lit(region)})
      union
      (select _id, _position from ${rows} where _position >= ${high}::numeric order by _position, _id limit ${sql.lit(region)})
    ), bounds as (
      select min(_position) as first, greatest(max(_position), min(_position) + 1) as last, count(*) as n from near
    ), spread as (
      select near._id, bounds.first + (bounds.last - bounds.first) * (row_number() over (order by near._position, near._id) - 1) / bounds.n as position
      from near, bounds
    ), o as materialized (
      select t._id, t._position, round(spread.position, ${sql.lit(scale)}) as position
      from ${rows} as t join spread on spread._id = t._id order by t._id for no key update of t
    ), u as (
      update ${rows} as t set _position = o.position from o where t._id = o._id returning t._id, o._position as b, o.position as a
    )
    ${movesEntry(org, log.entry('rows-moved', table.id), sql`u`, { spread: true })}`)
  log.written()
}
