import type { Page } from 'playwright-core'

/** What the main thread does in a frame, by the names of Chromium's trace. */
const parts: Readonly<Record<string, readonly string[]>> = {
  script: ['FunctionCall', 'EventDispatch', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks'],
  style: ['UpdateLayoutTree'],
  layout: ['Layout'],
  'pre-paint': ['PrePaint'],
  paint: ['Paint'],
  layers: ['Layerize', 'UpdateLayer'],
  commit: ['Commit'],
  'hit tests': ['HitTest'],
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** CPU time, in µs. */
  readonly tdur?: number
}

/**
 * CPU ms that the page's main thread spent on each part of its work while `run` ran, without what is nested in it. The
 * trace itself costs about a tenth more, so the parts compare with each other and not with untraced figures.
 */
export async function frameParts(page: Page, run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('Only a browser that was started can be traced.')
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] })
  await run()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const spans = traceEvents.filter(({ ph, tdur }) => ph === 'X' && tdur !== undefined)
  const threads = Map.groupBy(spans, ({ pid, tid }) => `${pid} ${tid}`)
  const frames = (events: readonly TraceEvent[]) => events.filter(({ name }) => name === 'FireAnimationFrame').length
  const main = [...threads.values()].toSorted((a, b) => frames(b) - frames(a))[0] ?? []
  const own = new Map<string, number>()
  const add = (name: string, us: number) => own.set(name, (own.get(name) ?? 0) + us / 1_000)
  const open: TraceEvent[] = []
  for (const span of main.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    while (open.length > 0 && endOf(open.at(-1)) <= span.ts) open.pop()
    add(span.name, span.tdur ?? 0)
    const around = open.at(-1)
    if (around !== undefined) add(around.name, -(span.tdur ?? 0))
    open.push(span)
  }
  const sum = (names: readonly string[]) => names.reduce((ms, name) => ms + (own.get(name) ?? 0), 0)
  return new Map(Object.entries(parts).map(([part, names]) => [part, sum(names)]))
}

const endOf = (span: TraceEvent | undefined) => (span === undefined ? 0 : span.ts + (span.dur ?? 0))
