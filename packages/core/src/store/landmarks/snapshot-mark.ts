/**
 * Which transactions a snapshot of the database shows. Snapshots of one server show ever more of them: of two, one shows
 * all that the other shows.
 */
export interface SnapshotMark {
  /** All transactions below have ended. */
  readonly xmin: bigint
  /** No transaction from here on had ended. */
  readonly xmax: bigint
  /** How many below `xmax` had not ended. */
  readonly running: number
}

/** Reads the text of a `pg_snapshot`: `xmin:xmax:xip,xip`. */
export function readSnapshotMark(text: string): SnapshotMark {
  const [xmin = '0', xmax = '0', running = ''] = text.split(':')
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), running: running === '' ? 0 : running.split(',').length }
}

/** Whether a snapshot shows less than another. */
export function isOlder(a: SnapshotMark, b: SnapshotMark): boolean {
  return a.xmax < b.xmax || (a.xmax === b.xmax && a.running > b.running)
}
