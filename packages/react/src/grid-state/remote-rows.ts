import type { Json } from '@opslayer/core/values'
import { type BlockCache, type BlockCacheOptions, createBlockCache } from './block-cache.ts'
import type { GridRow } from './grid-row.ts'
import { createPendingEdits, withCells } from './pending-edits.ts'
import type { RefusedEdit, RowEdit, RowSource, SourceChange } from './row-source.ts'
import type { RowsEndpoint } from './rows-endpoint.ts'

export interface RemoteRowsOptions
  extends Pick<BlockCacheOptions<GridRow>, 'blockRows' | 'maxBlocks' | 'maxReads' | 'retryMs'> {
  /** A read failed, or (null) reads succeed again. */
  readonly onFault?: (error: unknown) => void
}

/** Rows on a server as the grid's source. */
export interface RemoteRows extends RowSource {
  readonly write: (edits: readonly RowEdit[]) => Promise<readonly RefusedEdit[]>
  readonly append: (rows: readonly Readonly<Record<string, Json>>[]) => Promise<readonly string[]>
  readonly remove: (rowIds: readonly string[]) => Promise<void>
  /** Reads what is shown anew. */
  refresh(): void
  dispose(): void
}

export function remoteRows(endpoint: RowsEndpoint, options: RemoteRowsOptions = {}): RemoteRows {
  const listeners = new Set<(change: SourceChange) => void>()
  const pending = createPendingEdits()
  const lifetime = new AbortController()
  let count = 0
  let places = new Map<string, number>()
  let looked = { first: 0, last: -1 }
  /** The row that stays in its place on the screen while others come and go above it. */
  let anchor: { readonly id: string; readonly index: number } | null = null
  let isHurt = false
  let writes: Promise<unknown> = Promise.resolve()

  const tell = (change: SourceChange) => {
    for (const listener of listeners) listener(change)
  }
  const tellRows = (rowIds: readonly string[]) => {
    for (const id of rowIds) {
      const index = places.get(id)
      if (index !== undefined) tell({ kind: 'rows', first: index, last: index })
    }
  }
  const hurt = (error: unknown) => {
    if (lifetime.signal.aborted || (error === null && !isHurt)) return
    isHurt = error !== null
    options.onFault?.(error)
  }

  const cache: BlockCache<GridRow> = createBlockCache<GridRow>({
    ...options,
    load: (first, size, signal) => endpoint.window(first, size, signal),
    onRows(first, last) {
      hurt(null)
      for (let index = first; index <= last; index++) {
        const row = cache.get(index)
        if (row !== undefined) places.set(row.id, index)
      }
      tell({ kind: 'rows', first, last })
    },
    onRenewed() {
      hurt(null)
      places = new Map([...cache.entries()].map(([index, row]) => [row.id, index]))
      const at = anchor === null ? undefined : places.get(anchor.id)
      const shift = anchor === null || at === undefined ? 0 : at - anchor.index
      if (shift !== 0 && anchor !== null) {
        tell({
          kind: 'splice',
          at: Math.min(anchor.index, anchor.index + shift),
          removed: Math.max(0, -shift),
          inserted: Math.max(0, shift),
        })
      }
      tell({ kind: 'reset' })
    },
    onFault: hurt,
  })

  async function recount(): Promise<void> {
    try {
      const counted = await endpoint.count(lifetime.signal)
      if (counted === count) return
      count = counted
      tell({ kind: 'reset' })
    } catch (error) {
      hurt(error)
    }
  }

  function refresh(): void {
    const first = cache.get(looked.first)
    anchor = first === undefined ? null : { id: first.id, index: looked.first }
    cache.invalidate()
    void recount()
  }

  async function readAnew(rowIds: readonly string[]): Promise<void> {
    const here = rowIds.filter((id) => places.has(id))
    if (here.length === 0) return
    try {
      for (const row of await endpoint.getMany(here, lifetime.signal)) put(row)
    } catch (error) {
      hurt(error)
    }
  }

  /** Takes a row over unless a later version is here already. */
  function put(row: GridRow): void {
    const index = places.get(row.id)
    const known = index === undefined ? undefined : cache.get(index)
    if (index !== undefined && known?.id === row.id && known.version <= row.version) cache.replace(index, row)
  }

  const unfollow = endpoint.follow((change) => {
    if (change.kind === 'cells') void readAnew(change.rowIds)
    else refresh()
  })
  void recount()

  async function send(edits: readonly RowEdit[], end: () => void): Promise<readonly RefusedEdit[]> {
    const rowIds = edits.map(({ rowId }) => rowId)
    try {
      const { versions, refused } = await endpoint.update(edits)
      const faulty = new Set(refused.map(({ rowId }) => rowId))
      for (const { rowId, cells } of edits) {
        const [version, index] = [versions.get(rowId), places.get(rowId)]
        const row = index === undefined ? undefined : cache.get(index)
        if (version !== undefined && row?.id === rowId && !faulty.has(rowId)) put(withCells(row, cells, version))
      }
      void readAnew([...faulty])
      return refused
    } finally {
      end()
      tellRows(rowIds)
    }
  }

  return {
    get count() {
      return count
    },
    row(index) {
      const row = cache.get(index)
      return row && pending.apply(row)
    },
    indexOf: (rowId) => places.get(rowId),
    show(first, last) {
      looked = { first, last }
      cache.show(first, last)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async load(first, last, signal) {
      return (await cache.read(first, last, signal)).map(pending.apply)
    },
    write(edits) {
      const end = pending.begin(edits)
      tellRows(edits.map(({ rowId }) => rowId))
      // One after another: of two edits of a cell the later must also be the later one there.
      const sent = writes.then(() => send(edits, end))
      writes = sent.catch(() => {})
      return sent
    },
    async append(rows) {
      const ids = await endpoint.insert(rows)
      refresh()
      return ids
    },
    async remove(rowIds) {
      await endpoint.remove(rowIds)
      refresh()
    },
    refresh,
    dispose() {
      lifetime.abort()
      unfollow()
      cache.dispose()
    },
  }
}
