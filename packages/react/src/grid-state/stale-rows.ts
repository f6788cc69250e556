import { paced } from './paced.ts'

export interface StaleRowsOptions {
  readonly isHere: (rowId: string) => boolean
  /** Whether windows of rows are on their way, which may have been read before a change and arrive after it. */
  readonly isReading: () => boolean
  /** Reads rows and takes them over. */
  readonly read: (rowIds: readonly string[]) => Promise<void>
  /** So many changes are not followed row by row any more. */
  readonly onTooMany: () => void
  readonly onFault: (error: unknown) => void
  /** Wait before a failed read is tried again, in ms. */
  readonly retryMs: number
}

/** Rows that others changed and that have not been read since. */
export interface StaleRows {
  add(rowIds: readonly string[]): void
  /** Says that a window of rows arrived. */
  arrived(): void
  dispose(): void
}

/** Rows in one read. */
const readRows = 200
/** Above it everything in sight is read anew: those are fewer. */
const mostRows = 2_000

/** Reads changed rows again, for as long as it takes. */
export function staleRows({ isHere, isReading, read, onTooMany, onFault, retryMs }: StaleRowsOptions): StaleRows {
  const stale = new Set<string>()
  /** Changed while windows were on their way: to be read once more with each that arrives, until none is on its way. */
  const suspects = new Set<string>()
  let retry: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false

  const reading = paced(
    async () => {
      for (const id of stale) if (!isHere(id)) stale.delete(id)
      const rowIds = [...stale].slice(0, readRows)
      if (rowIds.length === 0) return
      for (const id of rowIds) stale.delete(id)
      try {
        await read(rowIds)
        if (stale.size > 0 && !isDisposed) reading.ask()
      } catch (error) {
        if (isDisposed) return
        for (const id of rowIds) stale.add(id)
        onFault(error)
        clearTimeout(retry)
        retry = setTimeout(reading.ask, retryMs)
      }
    },
    { paceMs: () => 0, apartMs: 0 },
  )

  return {
    add(rowIds) {
      for (const id of rowIds) stale.add(id)
      if (isReading()) for (const id of rowIds) suspects.add(id)
      if (stale.size + suspects.size > mostRows) {
        stale.clear()
        suspects.clear()
        onTooMany()
      } else reading.ask()
    },
    arrived() {
      if (suspects.size === 0) return
      for (const id of suspects) stale.add(id)
      if (!isReading()) suspects.clear()
      reading.ask()
    },
    dispose() {
      isDisposed = true
      clearTimeout(retry)
      reading.stop()
    },
  }
}
