import { noteTransactions } from '../change-log.tail.ts'
import type { TableWork } from '../org-session.ts'
import { type LandmarkVersion, landmarkKey } from './landmark-cache.ts'
import { type LandmarkLog, readLandmarkLog, readShifts } from './landmark-log.ts'
import { isWorn, type Landmarks, shifted } from './landmarks.ts'
import { isUnnoted, noted, withEntries } from './log-horizon.ts'
import { isOlder } from './snapshot-mark.ts'

/** Rows that are followed at most; above it the landmarks are set anew. */
const mostShifts = 50_000

/**
 * The table's landmarks as the transaction's snapshot has them, or null if there are none. Wants a transaction that reads
 * one snapshot.
 */
export async function presentLandmarks(work: TableWork): Promise<Landmarks | null> {
  const key = landmarkKey(work.org, work.table.id)
  for (const version of work.landmarks.versions(key)) {
    if (version.landmarks.marks.length === 0) return null
    const log = await readLandmarkLog(work, version.horizon)
    if (isOlder(log.snapshot, version.snapshot)) continue
    const present = await broughtUp(work, version, log)
    if (present === null) work.landmarks.forget(key)
    else if (present !== version) work.landmarks.add(key, present, version)
    return present?.landmarks ?? null
  }
  return null
}

/** A version brought up to the snapshot that shows the log; null if that is not to be known or not worth it. */
export async function broughtUp(
  work: TableWork,
  version: LandmarkVersion,
  { snapshot, server, isCut, seqs, moving, cost }: LandmarkLog,
): Promise<LandmarkVersion | null> {
  if (server !== version.server || isCut || seqs === null || cost > mostShifts) return null
  if (seqs.length === 0) return version
  const known = withEntries(version.horizon, seqs, snapshot.xmin)
  if (known === null) return null
  const horizon = isUnnoted(known) ? noted(known, BigInt(await noteTransactions(work))) : known
  const landmarks = moving.length === 0 ? version.landmarks : shifted(version.landmarks, await readShifts(work, moving))
  return isWorn(landmarks) ? null : { ...version, snapshot, horizon, landmarks }
}
