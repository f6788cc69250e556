import type { Org } from '../../catalog/orgs.repository.ts'
import type { Landmarks } from './landmarks.ts'
import type { LogHorizon } from './log-horizon.ts'
import { isOlder, type SnapshotMark } from './snapshot-mark.ts'

/** Landmarks as one snapshot of the database has them, and what is to be known to bring them up to a later one. */
export interface LandmarkVersion {
  readonly landmarks: Landmarks
  readonly snapshot: SnapshotMark
  readonly horizon: LogHorizon
  /** When the server began to serve: another one may have lost the last writes. */
  readonly server: string
  /**
   * Until all transactions up to this one have ended, entries below the horizon may still come, and no landmark can be
   * set; null from the first landmark on.
   */
  readonly settledBehind: bigint | null
}

/** What a process knows of the order of large tables. Bounded memory. */
export interface LandmarkCache {
  /** The newest first: a read with an older snapshot than the newest takes an older one. */
  versions(key: string): readonly LandmarkVersion[]
  /** Adds a version that was made of `from`, unless others have been set since. */
  add(key: string, version: LandmarkVersion, from: LandmarkVersion): void
  /** Puts a version in the place of all others. */
  set(key: string, version: LandmarkVersion): void
  forget(key: string): void
  /** Notes that a read would have been faster with landmarks. */
  want(key: string): void
  /** Whether landmarks are wanted that nobody is setting; whoever gets a yes sets them and calls `done`. */
  takeWanted(key: string): boolean
  /** @param pauseMs how long they are not wanted again */
  done(key: string, pauseMs: number): void
}

/** Reads under way seldom differ by more. */
const versionsKept = 4
/** Landmarks of all tables together, which take about 15 MB: those of the tables not read for longest go first. */
const mostMarks = 100_000
const mostTables = 10_000

/** Names a table's landmarks. */
export function landmarkKey({ shortId }: Pick<Org, 'shortId'>, tableId: string): string {
  return `${shortId} ${tableId}`
}

export function createLandmarkCache(): LandmarkCache {
  const tables = new Map<string, readonly LandmarkVersion[]>()
  const wanted = new Set<string>()
  /** When landmarks may be set again, by the process's own clock; Infinity while they are. */
  const times = new Map<string, number>()
  let marks = 0

  const marksOf = (key: string): number => tables.get(key)?.[0]?.landmarks.marks.length ?? 0

  function put(key: string, versions: readonly LandmarkVersion[]): void {
    forget(key)
    tables.set(key, versions)
    marks += marksOf(key)
    for (const oldest of tables.keys()) {
      if (oldest === key || (marks <= mostMarks && tables.size <= mostTables)) return
      forget(oldest)
    }
  }

  function forget(key: string): void {
    marks -= marksOf(key)
    tables.delete(key)
  }

  return {
    versions(key) {
      const versions = tables.get(key)
      if (versions === undefined) return []
      tables.delete(key)
      tables.set(key, versions)
      return versions
    },
    add(key, version, from) {
      const versions = tables.get(key)
      if (versions?.includes(from) !== true) return
      const newer = versions.filter(({ snapshot }) => isOlder(version.snapshot, snapshot))
      const older = versions.filter(({ snapshot }) => isOlder(snapshot, version.snapshot))
      put(key, [...newer, version, ...older].slice(0, versionsKept))
    },
    set: (key, version) => put(key, [version]),
    forget,
    want(key) {
      if (wanted.size >= mostTables) wanted.clear()
      wanted.add(key)
    },
    takeWanted(key) {
      if (!wanted.delete(key) || (times.get(key) ?? 0) > performance.now()) return false
      if (times.size >= mostTables) times.clear()
      times.set(key, Number.POSITIVE_INFINITY)
      return true
    },
    done: (key, pauseMs) => void times.set(key, performance.now() + pauseMs),
  }
}
