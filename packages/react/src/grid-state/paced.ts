/** Work that is asked for more often than it is worth doing. */
export interface Paced {
  /** Has it done soon, and once more for what was asked while it was being done. */
  ask(): void
  /** Has it done at once. */
  now(): Promise<void>
  stop(): void
}

export interface PacedOptions {
  /** From the end of one to the beginning of the next, in ms, by how long the last one took. */
  readonly paceMs: (tookMs: number) => number
  /** Even the first waits so long, in ms. */
  readonly apartMs: number
}

/** Does work at most once in a while. The work tells of its own faults. */
export function paced(work: () => Promise<void>, { paceMs, apartMs }: PacedOptions): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let notBefore = 0

  function ask(): void {
    if (running !== null) isAskedAgain = true
    else timer ??= setTimeout(() => void run(), Math.max(apartMs, notBefore - performance.now()))
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    isAskedAgain = false
    const begun = performance.now()
    running = work()
    await running
    running = null
    const ended = performance.now()
    notBefore = ended + paceMs(ended - begun)
    if (isAskedAgain) ask()
  }

  return {
    ask,
    async now() {
      while (running !== null) await running
      await run()
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
