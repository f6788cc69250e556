import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type BenchData, benchData } from './bench-data.ts'
import { type BlankWatch, watchBlank } from './blank-watch.ts'
import { contenders } from './contenders.ts'
import { nextKey } from './key-watch.ts'

declare global {
  interface Window {
    bench: {
      readonly scroller: string
      readonly sideScroller: string
      readonly isCanvas: boolean
      readonly isReadOnly: boolean
      readonly data: BenchData
      /** See {@link watchBlank}. */
      watchBlank(): BlankWatch
      /** See {@link nextKey}. */
      nextKey(text: string | null): Promise<number>
      /** Mounts the grid; gives the ms until the frame that shows it. */
      mount(): Promise<number>
    }
  }
}

const query = new URLSearchParams(location.search)
const load = contenders[query.get('grid') ?? 'opslayer']
const host = document.getElementById('app')
if (load === undefined || host === null) throw new Error('There is no such grid.')
const { contender } = await load()
const data = benchData(Number(query.get('rows') ?? 100_000), Number(query.get('columns') ?? 30))

window.bench = {
  scroller: contender.scroller,
  sideScroller: contender.sideScroller ?? contender.scroller,
  isCanvas: contender.isCanvas ?? false,
  isReadOnly: contender.isReadOnly ?? false,
  data,
  watchBlank: () => watchBlank(contender),
  nextKey: (text) => nextKey({ contender, host, data }, text),
  mount: () =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('it showed nothing for ten seconds after it was mounted.')), 10_000)
      requestAnimationFrame(() => {
        const start = performance.now()
        const root = createRoot(host)
        flushSync(() => root.render(contender.render(data)))
        const isShown = () => {
          const scroller = document.querySelector(contender.scroller)
          if (scroller === null) return false
          return contender.isCanvas === true || (host.textContent ?? '').includes(data.text(3, 1))
        }
        const look = () => {
          if (!isShown()) return requestAnimationFrame(look)
          // The task after the frame: what was laid out in it is painted.
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now() - start)
          channel.port2.postMessage(null)
          return undefined
        }
        requestAnimationFrame(look)
      })
    }),
}
document.title = 'ready'
