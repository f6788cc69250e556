/** What a {@link BlockCache} asks of its surroundings. */
export interface BlockCacheOptions<Row> {
  /** Reads rows from a place on. Gives fewer where there are no more. */
  readonly load: (first: number, count: number, signal: AbortSignal) => Promise<readonly Row[]>
  /** Rows are there that were not, or others than before. */
  readonly onRows: (first: number, last: number) => void
  /** What was invalidated is there anew: all rows may be others. */
  readonly onRenewed: () => void
  /** A read failed; it is tried again while its rows are looked at. Null once reads succeed again. */
  readonly onFault: (error: unknown) => void
  /** Rows read at once. @default 200 */
  readonly blockRows?: number
  /** Blocks kept; those not looked at for longest go first. @default 50 */
  readonly maxBlocks?: number
  /** Reads under way at once. @default 3 */
  readonly maxReads?: number
  /** Wait before a failed read is tried again, in ms. @default 2000 */
  readonly retryMs?: number
}

/** Windows of rows that stand somewhere else: those looked at are read first, those no longer looked at not at all. */
export interface BlockCache<Row> {
  /** The row at a place, if it is here. */
  get(index: number): Row | undefined
  /** Places and rows that are here. */
  entries(): Iterable<readonly [index: number, row: Row]>
  /** Says which rows are looked at. */
  show(first: number, last: number): void
  /** Waits for rows that need not be looked at. @throws the reason of the signal, or why the read failed */
  read(first: number, last: number, signal?: AbortSignal): Promise<readonly Row[]>
  /** Puts another row in the place of one that is here. */
  replace(index: number, row: Row): void
  /**
   * Says that order or content changed. What is shown stays until what takes its place is whole, so that rows of before
   * and after never stand side by side.
   */
  invalidate(): void
  dispose(): void
}

interface Read {
  readonly controller: AbortController
  readonly generation: number
}

export function createBlockCache<Row>(options: BlockCacheOptions<Row>): BlockCache<Row> {
  const { blockRows = 200, maxBlocks = 50, maxReads = 3, retryMs = 2_000 } = options
  let shown = new Map<number, readonly Row[]>()
  /** What is gathered after an invalidation, until it can take the place of what is shown. */
  let renewed: Map<number, readonly Row[]> | null = null
  let generation = 0
  let looked = { first: 0, last: -1 }
  let direction = 1
  const reads = new Map<number, Read>()
  let retry: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false

  const blockOf = (index: number) => Math.floor(index / blockRows)
  const gathered = () => renewed ?? shown

  /** Blocks worth having, the most wanted first: what is looked at, then what comes next in the direction of scrolling. */
  function wanted(): readonly number[] {
    if (looked.last < looked.first) return []
    const [first, last] = [blockOf(looked.first), blockOf(looked.last)]
    const seen = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    const ahead = direction > 0 ? last + 1 : first - 1
    return ahead >= 0 && renewed === null ? [...seen, ahead] : seen
  }

  function pump(): void {
    if (isDisposed) return
    const blocks = wanted()
    for (const [block, read] of reads) {
      if (read.generation === generation && blocks.includes(block)) continue
      read.controller.abort()
      reads.delete(block)
    }
    for (const block of blocks) {
      if (reads.size >= maxReads) return
      if (!reads.has(block) && !gathered().has(block)) void fetchBlock(block)
    }
  }

  async function fetchBlock(block: number): Promise<void> {
    const read: Read = { controller: new AbortController(), generation }
    reads.set(block, read)
    const isStale = () => isDisposed || read.controller.signal.aborted || read.generation !== generation
    try {
      const rows = await options.load(block * blockRows, blockRows, read.controller.signal)
      if (isStale()) return
      reads.delete(block)
      keep(block, rows)
      pump()
    } catch (error) {
      if (isStale()) return
      reads.delete(block)
      options.onFault(error)
      clearTimeout(retry)
      retry = setTimeout(pump, retryMs)
    }
  }

  function keep(block: number, rows: readonly Row[]): void {
    const target = gathered()
    target.set(block, rows)
    if (renewed === null) {
      forgetOldest()
      options.onRows(block * blockRows, block * blockRows + rows.length - 1)
    } else if (wanted().every((each) => renewed?.has(each))) {
      shown = renewed
      renewed = null
      options.onRenewed()
    }
  }

  function forgetOldest(): void {
    const blocks = wanted()
    for (const block of shown.keys()) {
      if (shown.size <= maxBlocks) return
      if (!blocks.includes(block)) shown.delete(block)
    }
  }

  return {
    get: (index) => shown.get(blockOf(index))?.[index % blockRows],
    *entries() {
      for (const [block, rows] of shown) {
        for (const [place, row] of rows.entries()) yield [block * blockRows + place, row] as const
      }
    },
    show(first, last) {
      if (first === looked.first && last === looked.last) return
      if (first !== looked.first) direction = first > looked.first ? 1 : -1
      looked = { first, last }
      for (const block of wanted()) {
        const rows = shown.get(block)
        if (rows === undefined) continue
        shown.delete(block)
        shown.set(block, rows)
      }
      pump()
    },
    async read(first, last, signal) {
      const rows: Row[] = []
      for (let at = first; at <= last; ) {
        signal?.throwIfAborted()
        const block = blockOf(at)
        const known = renewed === null ? shown.get(block) : undefined
        const end = Math.min(last, (block + 1) * blockRows - 1)
        const from = known ?? (await options.load(block * blockRows, blockRows, signal ?? new AbortController().signal))
        rows.push(...from.slice(at - block * blockRows, end - block * blockRows + 1))
        at = end + 1
      }
      return rows
    },
    replace(index, row) {
      const block = blockOf(index)
      const rows = shown.get(block)
      if (rows?.[index % blockRows] === undefined) return
      shown.set(block, rows.with(index % blockRows, row))
      options.onRows(index, index)
    },
    invalidate() {
      generation += 1
      renewed = new Map()
      if (looked.last < looked.first) {
        shown = renewed
        renewed = null
      }
      pump()
    },
    dispose() {
      isDisposed = true
      clearTimeout(retry)
      for (const { controller } of reads.values()) controller.abort()
    },
  }
}
