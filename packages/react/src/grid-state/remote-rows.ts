import type { Json } from '@opslayer/core/values'
import { hasNoAnswer, isRefusedForNow } from './answer-faults.ts'
import { type BlockCache, type BlockCacheOptions, createBlockCache } from './block-cache.ts'
import { type BlockLayout, evenBlocks, groupedBlocks, leafGroups } from './block-layout.ts'
import type { GridRow } from './grid-row.ts'
import { paced } from './paced.ts'
import { withCells } from './pending-edits.ts'
import { readAgain } from './read-again.ts'
import { type ReadGroups, readGroups } from './read-groups.ts'
import type { RefusedEdit, RowEdit, RowSource, SourceChange } from './row-source.ts'
import type { RowSpan } from './row-span.ts'
import type { RowPlace, RowsEndpoint } from './rows-endpoint.ts'
import { gridRow } from './served-row.ts'
import { staleRows } from './stale-rows.ts'
import { createUnsavedEdits, type UnsavedEdits } from './unsaved-edits.ts'
import { answerWithin } from './write-queue.ts'

export interface RemoteRowsOptions extends Pick<BlockCacheOptions<GridRow>, 'maxBlocks' | 'maxReads' | 'retryMs'> {
  /** Rows read at once. @default 200 */
  readonly blockRows?: number
  /** A read or a write failed and will be tried again, or (null) they succeed again. */
  readonly onFault?: (error: unknown) => void
  /** Where edits wait to be saved. @default some of its own, which are given up with it */
  readonly edits?: UnsavedEdits
  /** Edits that are shown and not saved yet. Grows while the server is away. */
  readonly onUnsaved?: (count: number) => void
  /**
   * Whether an error means that the server did not answer; such writes are sent again until it does, all others are
   * taken back. @default what carries no `data` of the server, as errors of tRPC's client do
   */
  readonly isUnanswered?: (error: unknown) => boolean
  /**
   * Whether an answer refuses a write only for now; such writes are sent again five times within a minute, and then taken back.
   * @default what the ops server calls retryable
   */
  readonly isPassing?: (error: unknown) => boolean
  /** A call without an answer for so long is given up, in ms. @default 20000 */
  readonly answerMs?: number
}

/** Rows on a server as the grid's source. */
export interface RemoteRows extends RowSource {
  readonly write: (edits: readonly RowEdit[]) => Promise<readonly RefusedEdit[]>
  readonly append: (rows: readonly Readonly<Record<string, Json>>[]) => Promise<readonly string[]>
  readonly remove: (rowIds: readonly string[]) => Promise<void>
  /** Groups that there are beyond those that are shown. */
  readonly hiddenGroups: number
  /** Reads what is shown anew. */
  refresh(): void
  dispose(): void
}

/**
 * While others make and delete rows without pause, they are counted again after a pause in ms, forty times as long as it
 * took, and never in one request with the rows in sight: to count all rows of a view may cost a server more than to read
 * those, which would wait for it.
 */
const countPaceMs = (tookMs: number): number => Math.min(Math.max(250, 40 * tookMs), 3_000)
/** Blocks of groups are small, and a screen may show many. */
const groupedReads = 8

export function remoteRows(endpoint: RowsEndpoint, options: RemoteRowsOptions = {}): RemoteRows {
  const {
    blockRows = 200,
    answerMs = 20_000,
    retryMs = 2_000,
    isUnanswered = hasNoAnswer,
    isPassing = isRefusedForNow,
  } = options
  const listeners = new Set<(change: SourceChange) => void>()
  const lifetime = new AbortController()
  let count = 0
  let isCounted = false
  let grouping: ReadGroups | null = null
  /** Groups are shown together with the blocks that were cut by them. */
  const groupsOf = new WeakMap<BlockLayout, ReadGroups>()
  let places = new Map<string, number>()
  let looked: readonly RowSpan[] = []
  /** The row that stays in its place on the screen while others come and go above it. */
  let anchor: { readonly id: string; readonly index: number } | null = null
  let isHurt = false
  let retry: ReturnType<typeof setTimeout> | undefined

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
  const ask = <Answer>(call: (signal: AbortSignal) => Promise<Answer>, signal = lifetime.signal) =>
    answerWithin(answerMs, signal, call)

  const cache: BlockCache<GridRow> = createBlockCache<GridRow>({
    ...options,
    ...(endpoint.groups !== undefined && { maxReads: options.maxReads ?? groupedReads }),
    layout: evenBlocks(blockRows),
    async load({ first, size, group }, signal) {
      if (size === 0 || (endpoint.groups !== undefined && group === null)) return []
      const rows = await ask(
        (within) =>
          group === null
            ? endpoint.window(first, size, within)
            : endpoint.window(group.offset, size, within, group.path),
        signal,
      )
      return rows.map(gridRow)
    },
    isElsewhere(row, index) {
      const at = places.get(row.id)
      return at !== undefined && at !== index && cache.get(at)?.id === row.id
    },
    onRows(first, last, isNew) {
      hurt(null)
      for (let index = first; index <= last; index++) {
        const row = cache.get(index)
        if (row !== undefined) places.set(row.id, index)
      }
      tell({ kind: 'rows', first, last, isNew })
      stale.arrived()
    },
    onRenewed() {
      grouping = groupsOf.get(cache.layout) ?? null
      if (grouping !== null) {
        count = leafGroups(grouping.groups).reduce((sum, group) => sum + group.count, 0)
        isCounted = true
      }
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
      anchor = null
      tell({ kind: 'reset' })
      stale.arrived()
    },
    onFault: hurt,
  })

  /** Reads how the rows are grouped now, and then what is looked at. */
  async function regroup(): Promise<void> {
    const read = await ask((signal) => readGroups((...page) => endpoint.groups?.(...page) ?? noGroups, signal))
    const layout = groupedBlocks(read.groups, blockRows)
    groupsOf.set(layout, read)
    cache.invalidate(layout)
  }

  async function recount(): Promise<void> {
    const counted = await ask((signal) => endpoint.count(signal))
    if (counted === count && isCounted) return
    count = counted
    isCounted = true
    tell({ kind: 'reset' })
  }

  /** Reads how many rows there are, or how they are grouped. Other than in groups it may come after the rows themselves. */
  const extent = paced(
    async () => {
      try {
        await (endpoint.groups === undefined ? recount() : regroup())
        hurt(null)
      } catch (error) {
        if (lifetime.signal.aborted) return
        hurt(error)
        retry = setTimeout(extent.ask, retryMs)
      }
    },
    endpoint.groups === undefined ? { paceMs: countPaceMs, apartMs: 10 } : { paceMs: () => 0, apartMs: 0 },
  )

  function renew(): void {
    clearTimeout(retry)
    const index = looked[0]?.first ?? 0
    const first = cache.get(index)
    anchor ??= first === undefined ? null : { id: first.id, index }
    if (endpoint.groups === undefined) cache.invalidate()
  }

  function refresh(): void {
    renew()
    extent.ask()
  }

  /** After what the user did: rows that are gone must not stay for the pace of others' work. */
  function refreshNow(): void {
    renew()
    void extent.now()
  }

  const stale = staleRows({
    isHere: (rowId) => places.has(rowId),
    isReading: () => cache.isReading,
    async read(rowIds) {
      for (const row of await ask((signal) => endpoint.getMany(rowIds, signal))) put(gridRow(row))
      hurt(null)
    },
    onTooMany: refresh,
    onFault: hurt,
    retryMs,
  })

  /** Takes a row over unless a later version is here already. */
  function put(row: GridRow): void {
    const index = places.get(row.id)
    const known = index === undefined ? undefined : cache.get(index)
    if (index === undefined || known?.id !== row.id || known.version > row.version) return
    // Looks are the view's, which rows read by their ids do not know.
    cache.replace(
      index,
      row.formats === undefined && known.formats !== undefined ? { ...row, formats: known.formats } : row,
    )
  }

  async function send(edits: readonly RowEdit[], signal: AbortSignal): Promise<readonly RefusedEdit[]> {
    const { versions, refused } = await endpoint.update(edits, signal)
    const faulty = new Set(refused.map(({ rowId }) => rowId))
    for (const { rowId, cells } of edits) {
      const [version, index] = [versions.get(rowId), places.get(rowId)]
      const row = index === undefined ? undefined : cache.get(index)
      if (version !== undefined && row?.id === rowId && !faulty.has(rowId)) put(withCells(row, cells, version))
    }
    stale.add([...faulty])
    return refused
  }

  const self = {}
  const unsaved = options.edits ?? createUnsavedEdits({ isUnanswered, isPassing, retryMs, answerMs })
  const unfollowEdits = unsaved.follow({
    onEdits(rowIds, by) {
      // What others have saved shows only once it is read.
      if (by === self) tellRows(rowIds)
      else stale.add(rowIds)
      options.onUnsaved?.(unsaved.size)
    },
    onFault: hurt,
  })
  const unfollow = endpoint.follow((change) => {
    if (change.kind === 'cells') stale.add(change.rowIds)
    else refresh()
  })
  void extent.now()

  const { summary, find, place } = endpoint
  return {
    get count() {
      return count
    },
    get isCounted() {
      return isCounted
    },
    get groups() {
      return grouping?.groups
    },
    get hiddenGroups() {
      return grouping === null ? 0 : grouping.total - grouping.groups.length
    },
    row(index) {
      const row = cache.get(index)
      return row && unsaved.apply(row)
    },
    indexOf: (rowId) => places.get(rowId),
    show(spans) {
      looked = spans
      cache.show(spans)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async load(first, last, signal) {
      return (await cache.read(first, last, signal)).map(unsaved.apply)
    },
    write: (edits) => unsaved.write(edits, (signal) => send(edits, signal), self),
    async append(rows) {
      const ids = await unsaved.once(() => ask(() => endpoint.insert(rows)))
      renew()
      // Whoever goes to the new rows wants to find them counted.
      await extent.now()
      return ids
    },
    async remove(rowIds) {
      await unsaved.once(() => ask(() => endpoint.remove(rowIds)))
      refreshNow()
    },
    ...(summary !== undefined && {
      summarise: (aggregates, signal) => ask((within) => summary(aggregates, within), signal),
    }),
    ...(find !== undefined && {
      find(text, after, signal) {
        const mayPass = (error: unknown) => isUnanswered(error) || isPassing(error)
        const read = () => ask((within) => find(text, after, within), signal)
        return readAgain(read, { isPassing: mayPass, retryMs, signal })
      },
    }),
    ...(place !== undefined && {
      async locate(rowId, signal) {
        const found = await ask((within) => place(rowId, within), signal)
        return found === null ? null : indexOfPlace(found, grouping)
      },
    }),
    refresh: refreshNow,
    dispose() {
      lifetime.abort()
      clearTimeout(retry)
      extent.stop()
      stale.dispose()
      unfollowEdits()
      if (options.edits === undefined) unsaved.dispose()
      unfollow()
      cache.dispose()
    },
  }
}

const noGroups = Promise.resolve({ groups: [], total: 0 })

function indexOfPlace({ path, index }: RowPlace, grouping: ReadGroups | null): number | null {
  if (grouping === null) return index
  const id = JSON.stringify(path)
  let first = 0
  for (const group of leafGroups(grouping.groups)) {
    if (JSON.stringify(group.path) === id) return first + index
    first += group.count
  }
  return null
}
