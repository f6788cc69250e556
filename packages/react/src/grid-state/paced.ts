/** Work that is asked for more often than it is worth doing. */
export interface Paced {
  /** Has it done soon, and once more for what was asked while it was being done. */
  ask(): void
  /** Has it done at once. */
  now(): Promise<void>
  stop(): void
}

export interface PacedOptions {
  /** From the end of one to the beginning of the next, in ms. */
  readonly paceMs: number
  /** Even the first waits so long, in ms. */
  readonly apartMs: number
}

/** Does work at most once in a while. The work tells of its own faults. */
export function paced(work: () => Promise<void>, { paceMs, apartMs }: PacedOptions): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let doneAt = -paceMs

  function ask(): void {
    if (running !== null) isAskedAgain = true
    else timer ??= setTimeout(() => void run(), Math.max(apartMs, doneAt + paceMs - performance.now()))
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    isAskedAgain = false
    running = work()
    await running
    running = null
    doneAt = performance.now()
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
