import { sql } from 'kysely'
import { one } from '../../db/transaction.ts'
import { noteTransactions } from '../change-log.tail.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import { type LandmarkVersion, landmarkKey } from './landmark-cache.ts'
import { readLandmarkLog, readLogEnd } from './landmark-log.ts'
import { markEvery, noLandmarks, type RoughPart, refined, roughPart } from './landmarks.ts'
import type { Place } from './place.ts'
import { isBehind, ownOrder } from './place-condition.ts'
import { broughtUp } from './present-landmarks.ts'
import { isOlder } from './snapshot-mark.ts'

const leastPauseMs = 1_000

/** Rows of one step, which takes some 20 ms: others wait for it where the database is embedded. */
const stepRows = 50_000

/**
 * Sets landmarks behind the back of who reads, if a read has wanted them: once at a time for each table, and with pauses
 * ten times as long as it takes.
 */
export function setWantedLandmarks(session: OrgSession, { org, table, landmarks }: TableWork): void {
  const key = landmarkKey(org, table.id)
  if (!landmarks.takeWanted(key)) return
  const begun = performance.now()
  const over = (): void => landmarks.done(key, Math.max(leastPauseMs, 10 * (performance.now() - begun)))
  // Nobody waits for it; what fails is tried again after a later read.
  void setLandmarks(session, table.id).then(over, over)
}

/** Sets landmarks until the whole table has them, or until others have to end before that can go on. */
export async function setLandmarks(session: OrgSession, tableId: string): Promise<void> {
  while ((await session.readTable(tableId, {}, step)) === 'more');
}

async function step(work: TableWork): Promise<'more' | 'over'> {
  const { org, table, landmarks: cache } = work
  const key = landmarkKey(org, table.id)
  const [version] = cache.versions(key)
  if (version === undefined) {
    cache.set(key, await begun(work))
    return 'more'
  }
  const log = await readLandmarkLog(work, version.horizon)
  if (isOlder(log.snapshot, version.snapshot)) return 'more'
  if (version.settledBehind !== null && log.snapshot.xmin <= version.settledBehind) return 'over'
  const present = await broughtUp(work, version, log)
  if (present === null) {
    cache.forget(key)
    return 'over'
  }
  const rough = roughPart(present.landmarks)
  if (rough === null) return 'over'
  const found = await readMarks(work, rough)
  if (found === null) {
    cache.forget(key)
    return 'over'
  }
  const landmarks = refined(present.landmarks, rough.part, found.marks, found.rest)
  // What others made meanwhile lacks the new landmarks: they go on from these.
  cache.set(key, { ...present, snapshot: log.snapshot, landmarks, settledBehind: null })
  return 'more'
}

/** Nothing known yet, and the number of the log from which on all is to be followed. */
async function begun(work: TableWork): Promise<LandmarkVersion> {
  const { snapshot, server, last } = await readLogEnd(work)
  const settledBehind = BigInt(await noteTransactions(work))
  return { landmarks: noLandmarks, snapshot, server, horizon: { last, open: [] }, settledBehind }
}

interface FoundMarks {
  readonly marks: readonly Place[]
  /** Rows of the part behind the last of them; null if nobody has gone through those. */
  readonly rest: number | null
}

/** @returns null if the part has not the rows that it was thought to have: nothing that is known is to be trusted then */
async function readMarks({ tx, org, table }: TableWork, { after, rows }: RoughPart): Promise<FoundMarks | null> {
  const position = table.hasPlaces ? sql`t._position` : sql`t._id`
  const limit = Math.min(stepRows, rows ?? stepRows)
  const found = one(
    await tx.all(sql<{ rows: number; marks: readonly (readonly [string, string])[] | null }>`
      select count(*)::float8 as rows,
        json_agg(json_build_array(position::text, _id::text) order by n) filter (where n % ${sql.lit(markEvery)} = 0) as marks
      from (
        select o.*, row_number() over () as n from (
          select ${position} as position, t._id from ${physical.rows(org, table)} as t
          where ${isBehind(table, after)} order by ${ownOrder(table)} limit ${sql.lit(limit)}
        ) as o
      ) as o`),
  )
  const marks = (found.marks ?? []).map(([position, id]) => ({ position, id }))
  const behindMarks = marks.length * markEvery
  if (rows !== null && found.rows < limit) return null
  if (rows !== null) return { marks, rest: rows - behindMarks }
  return { marks, rest: found.rows < limit ? found.rows - behindMarks : null }
}
