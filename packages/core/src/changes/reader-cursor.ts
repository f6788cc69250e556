import * as z from 'zod'
import { OpsError } from '../errors/ops-error.ts'

/**
 * A number that was missing when later ones were there already: its writer has not ended, or was rolled back.
 *
 * Every number below `upTo` was drawn, by a transaction older than `xid`, before the gap was noted. Once the database
 * says that all transactions up to `xid` have ended, what is still missing below `upTo` will never come.
 */
export interface NotedGap {
  readonly xid: string
  readonly upTo: bigint
  /** When it was noted, in milliseconds since 1970. */
  readonly since: number
}

/** Where a reader of the change log stands: all it needs to know between two reads. */
export interface ReaderCursor {
  /** The last entry delivered; 0 for none. */
  readonly seq: bigint
  readonly gap: NotedGap | null
}

const pattern = /^(\d{1,19})(?::(\d{1,20}):(\d{1,19}):(\d{1,15}))?$/

/** A cursor's text, for inputs. */
export const readerCursorSchema = z.string().regex(pattern, 'This is no cursor of the change log.')

export function encodeReaderCursor({ seq, gap }: ReaderCursor): string {
  return gap === null ? String(seq) : `${seq}:${gap.xid}:${gap.upTo}:${gap.since}`
}

/** @throws OpsError `INVALID_INPUT` */
export function decodeReaderCursor(text: string | undefined): ReaderCursor {
  if (text === undefined) return { seq: 0n, gap: null }
  const [, seq, xid, upTo, since] = (typeof text === 'string' && pattern.exec(text)) || []
  if (seq === undefined || BigInt(seq) >= 2n ** 63n)
    throw new OpsError('INVALID_INPUT', 'This is no cursor of the change log.', { path: ['after'] })
  if (xid === undefined || upTo === undefined) return { seq: BigInt(seq), gap: null }
  return { seq: BigInt(seq), gap: { xid, upTo: BigInt(upTo), since: Number(since) } }
}
