/** Which entries of the change log are taken into account, of those that a snapshot shows. */
export interface LogHorizon {
  /** No entry behind this number is. */
  readonly last: bigint
  /** Numbers up to there, ascending, whose entries were not to be seen: their writers had not ended, or were rolled back. */
  readonly open: readonly OpenNumber[]
}

interface OpenNumber {
  readonly seq: bigint
  /** A transaction id drawn after the number was missed, and so after that of its writer; null until one is drawn. */
  readonly xid: bigint | null
}

/** Numbers that are waited for at most. */
const mostOpen = 1_000

/**
 * The horizon once a snapshot's new entries are taken into account.
 *
 * @param seqs their numbers, ascending
 * @param xmin all transactions below have ended in the snapshot: what they have not written by now will never come
 * @returns null if too many numbers are missing
 */
export function withEntries(horizon: LogHorizon, seqs: readonly bigint[], xmin: bigint): LogHorizon | null {
  const seen = new Set(seqs)
  const open = horizon.open.filter(({ seq, xid }) => !seen.has(seq) && (xid === null || xid >= xmin))
  let last = horizon.last
  for (const seq of seqs) {
    if (seq <= last) continue
    if (open.length + Number(seq - last) - 1 > mostOpen) return null
    for (let missing = last + 1n; missing < seq; missing++) open.push({ seq: missing, xid: null })
    last = seq
  }
  return { last, open }
}

/** Whether numbers are missing for which no transaction id has been drawn yet. */
export function isUnnoted({ open }: LogHorizon): boolean {
  return open.some(({ xid }) => xid === null)
}

/** The same with a transaction id that was drawn after all its numbers were missed. */
export function noted({ last, open }: LogHorizon, xid: bigint): LogHorizon {
  return { last, open: open.map((number) => (number.xid === null ? { ...number, xid } : number)) }
}
