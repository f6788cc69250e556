import type { Block, BlockLayout } from './block-layout.ts'
import type { RowSpan } from './row-span.ts'

/** What a {@link BlockCache} asks of its surroundings. */
export interface BlockCacheOptions<Row> {
  readonly layout: BlockLayout
  /** Reads the rows of a block. Gives fewer where there are no more. */
  readonly load: (block: Block, signal: AbortSignal) => Promise<readonly Row[]>
  /** Rows are there that were not (`isNew`), or others than before. */
  readonly onRows: (first: number, last: number, isNew: boolean) => void
  /** What was invalidated is there anew: all rows may be others. */
  readonly onRenewed: () => void
  /** A read failed; it is tried again while its rows are looked at. */
  readonly onFault: (error: unknown) => void
  /** Whether a row is here at another place already: then others moved it between two reads, and all is read anew. */
  readonly isElsewhere?: (row: Row, index: number) => boolean
  /** Blocks kept; those not looked at for longest go first. @default 50 */
  readonly maxBlocks?: number
  /** Reads under way at once. @default 3 */
  readonly maxReads?: number
  /** Wait before a failed read is tried again, in ms. @default 2000 */
  readonly retryMs?: number
  /**
   * Between the end of what an invalidation reads and the begin of the next, in ms, so that what changes without pause
   * leaves the server time for others. @default 400
   */
  readonly renewPauseMs?: number
}

/** Windows of rows that stand somewhere else: those looked at are read first, and reads of others give way to them. */
export interface BlockCache<Row> {
  /** How what is shown is cut. */
  readonly layout: BlockLayout
  /** Whether reads are under way. */
  readonly isReading: boolean
  /** The row at a place, if it is here. */
  get(index: number): Row | undefined
  /** Places and rows that are here. */
  entries(): Iterable<readonly [index: number, row: Row]>
  /** Says which rows are looked at. */
  show(spans: readonly RowSpan[]): void
  /** Waits for rows that need not be looked at. @throws the reason of the signal, or why the read failed */
  read(first: number, last: number, signal?: AbortSignal): Promise<readonly Row[]>
  /** Puts another row in the place of one that is here. */
  replace(index: number, row: Row): void
  /**
   * Says that order or content changed. What is shown stays until what takes its place is whole, so that rows of before
   * and after never stand side by side. While that is under way, and for a pause after it, further calls wait: what changes
   * without pause would otherwise never be shown.
   */
  invalidate(layout?: BlockLayout): void
  dispose(): void
}

interface Held<Row> {
  readonly layout: BlockLayout
  readonly blocks: Map<number, readonly Row[]>
}

interface Read {
  readonly controller: AbortController
  readonly held: Held<unknown>
  readonly block: number
}

export function createBlockCache<Row>(options: BlockCacheOptions<Row>): BlockCache<Row> {
  const { maxBlocks = 50, maxReads = 3, retryMs = 2_000, renewPauseMs = 400 } = options
  let shown: Held<Row> = { layout: options.layout, blocks: new Map() }
  /** What is gathered after an invalidation, until it can take the place of what is shown. */
  let renewed: Held<Row> | null = null
  /** The layout of the invalidation that waits for the present one to end, and for the pause after it. */
  let next: BlockLayout | null = null
  let pause: ReturnType<typeof setTimeout> | undefined
  let looked: readonly RowSpan[] = []
  let direction = 1
  /** The oldest first. */
  const reads = new Set<Read>()
  let retry: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false

  const gathered = () => renewed ?? shown

  /** Blocks worth having, the most wanted first: what is looked at, then what comes next in the direction of scrolling. */
  function wanted(): readonly number[] {
    const { layout } = gathered()
    const blocks = new Set<number>()
    for (const { first, last } of looked) {
      for (let block = layout.blockOf(first); block <= layout.blockOf(last); block++) blocks.add(block)
    }
    const all = [...blocks]
    // Not asked for together with what is looked at: clients send both in one request, whose answer comes with the later one.
    const mayLookAhead = renewed === null && !layout.isGrouped && all.every((block) => shown.blocks.has(block))
    const ahead = direction > 0 ? (all.at(-1) ?? -2) + 1 : (all[0] ?? 0) - 1
    return mayLookAhead && ahead >= 0 ? [...all, ahead] : all
  }

  function pump(): void {
    if (isDisposed) return
    const blocks = wanted()
    const held = gathered()
    const isWanted = (read: Read) => read.held === held && blocks.includes(read.block)
    for (const block of blocks) {
      if (held.blocks.has(block) || [...reads].some((read) => read.held === held && read.block === block)) continue
      if (reads.size >= maxReads) {
        // Only now: to end a statement may cost a database more than to let it finish.
        const idle = [...reads].find((read) => !isWanted(read))
        if (idle === undefined) return
        idle.controller.abort()
        reads.delete(idle)
      }
      void fetchBlock(held, block)
    }
  }

  async function fetchBlock(held: Held<Row>, number: number): Promise<void> {
    const read: Read = { controller: new AbortController(), held, block: number }
    const { signal } = read.controller
    reads.add(read)
    const isStale = () => isDisposed || signal.aborted || held !== gathered()
    try {
      const rows = await options.load(held.layout.block(number), signal)
      reads.delete(read)
      if (!isStale()) keep(held, number, rows)
      pump()
    } catch (error) {
      reads.delete(read)
      if (isStale()) return pump()
      options.onFault(error)
      clearTimeout(retry)
      retry = setTimeout(pump, retryMs)
    }
  }

  function keep(held: Held<Row>, number: number, rows: readonly Row[]): void {
    const { first } = held.layout.block(number)
    if (renewed === null && rows.some((row, place) => options.isElsewhere?.(row, first + place) === true)) {
      renew(next ?? held.layout)
      return
    }
    held.blocks.set(number, rows)
    if (renewed === null) {
      forgetOldest()
      options.onRows(first, first + rows.length - 1, true)
    } else finishRenewal()
  }

  function finishRenewal(): void {
    if (renewed === null || !wanted().every((block) => renewed?.blocks.has(block))) return
    shown = renewed
    renewed = null
    pause = setTimeout(endPause, renewPauseMs)
    options.onRenewed()
  }

  function endPause(): void {
    clearTimeout(pause)
    pause = undefined
    if (next !== null) renew(next)
  }

  function renew(layout: BlockLayout): void {
    next = null
    renewed = { layout, blocks: new Map() }
    finishRenewal()
    pump()
  }

  function forgetOldest(): void {
    const blocks = wanted()
    for (const block of shown.blocks.keys()) {
      if (shown.blocks.size <= maxBlocks) return
      if (!blocks.includes(block)) shown.blocks.delete(block)
    }
  }

  return {
    get layout() {
      return shown.layout
    },
    get isReading() {
      return reads.size > 0
    },
    get(index) {
      const number = shown.layout.blockOf(index)
      const rows = shown.blocks.get(number)
      return rows?.[index - shown.layout.block(number).first]
    },
    *entries() {
      for (const [number, rows] of shown.blocks) {
        const { first } = shown.layout.block(number)
        for (const [place, row] of rows.entries()) yield [first + place, row] as const
      }
    },
    show(spans) {
      if (isSame(spans, looked)) return
      const [from = 0, before = 0] = [spans[0]?.first, looked[0]?.first]
      if (from !== before) direction = from > before ? 1 : -1
      looked = spans
      for (const block of wanted()) {
        const rows = shown.blocks.get(block)
        if (rows === undefined || renewed !== null) continue
        shown.blocks.delete(block)
        shown.blocks.set(block, rows)
      }
      // What must be read anyway is read for the invalidation that waits.
      if (next !== null && renewed === null && wanted().some((block) => !shown.blocks.has(block))) endPause()
      // Later, since the caller is in the middle of drawing.
      if (renewed !== null) queueMicrotask(finishRenewal)
      pump()
    },
    async read(first, last, signal) {
      const rows: Row[] = []
      const { layout, blocks } = gathered()
      for (let at = first; at <= last; ) {
        signal?.throwIfAborted()
        const number = layout.blockOf(at)
        const block = layout.block(number)
        const end = Math.min(last, block.first + block.size - 1)
        const from = blocks.get(number) ?? (await options.load(block, signal ?? new AbortController().signal))
        rows.push(...from.slice(at - block.first, end - block.first + 1))
        if (end < at) break
        at = end + 1
      }
      return rows
    },
    replace(index, row) {
      const number = shown.layout.blockOf(index)
      const rows = shown.blocks.get(number)
      const place = index - shown.layout.block(number).first
      if (rows?.[place] === undefined) return
      shown.blocks.set(number, rows.with(place, row))
      options.onRows(index, index, false)
    },
    invalidate(layout = gathered().layout) {
      if (renewed === null && pause === undefined) renew(layout)
      else next = layout
    },
    dispose() {
      isDisposed = true
      clearTimeout(retry)
      clearTimeout(pause)
      for (const { controller } of reads) controller.abort()
    },
  }
}

function isSame(a: readonly RowSpan[], b: readonly RowSpan[]): boolean {
  return a.length === b.length && a.every(({ first, last }, i) => first === b[i]?.first && last === b[i].last)
}
