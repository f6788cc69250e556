import type { Page } from 'playwright-core'

/** Where the table of leads is served: each row holds its number in the order it was made, and that number in its e-mail. */
export interface ServedLeads {
  readonly url: string
  readonly tableId: string
}

export interface JumpOptions {
  readonly jumps: number
  /** A share of the table from 0 to 1 for each jump. */
  readonly next: () => number
  /** How many rows others make or delete at most meanwhile: no row can be further than that from where it began. */
  readonly changes: number
}

export interface Jumps {
  /** From the scroll bar's move to the frame that shows all rows, in ms, one per jump. */
  readonly latencies: readonly number[]
  /** What was shown that is not so, one sentence each. */
  readonly wrong: readonly string[]
}

/** Rows that others make have numbers from here on. */
const firstOfOthers = 1_000_000_000

/** Drags the scroll bar to and fro, and looks at each frame whether any row is shown that cannot stand there. */
export async function jumpAround(page: Page, { jumps, next, changes }: JumpOptions): Promise<Jumps> {
  const latencies: number[] = []
  const wrong: string[] = []
  for (let jump = 0; jump < jumps; jump++) {
    const result = await page.evaluate(jumpInPage, { share: next(), slack: changes, firstOfOthers })
    latencies.push(result.ms)
    wrong.push(...result.wrong)
  }
  return { latencies, wrong }
}

interface JumpInPage {
  readonly share: number
  readonly slack: number
  readonly firstOfOthers: number
}

/** Runs in the page. */
function jumpInPage({ share, slack, firstOfOthers: others }: JumpInPage): Promise<{ ms: number; wrong: string[] }> {
  const scroller = document.querySelector('.ops-grid')
  if (scroller === null) throw new Error('There is no grid.')
  const wrong = new Set<string>()
  const indexOf = (row: Element) => Number(row.getAttribute('aria-rowindex')) - 2
  const rows = () => [...document.querySelectorAll('.ops-row-start:not([hidden])')]
  const look = (): boolean => {
    let isWhole = true
    let last = -1
    for (const row of rows().toSorted((a, b) => indexOf(a) - indexOf(b))) {
      const center = document.getElementById(row.getAttribute('aria-owns')?.split(' ')[0] ?? '')
      const shown = row.querySelector('.ops-cell')?.textContent ?? ''
      const email = center?.querySelector('[aria-colindex="3"]')?.textContent ?? ''
      if (shown === '') {
        isWhole = false
        continue
      }
      const [number, index] = [Number(shown.replaceAll(',', '')), indexOf(row)]
      if (email !== `p${number}@acme.com`) wrong.add(`Row ${index} has number ${number} and e-mail ${email}.`)
      if (number >= others) continue
      if (Math.abs(number - index) > slack) wrong.add(`Number ${number} stands at ${index}.`)
      if (number <= last) wrong.add(`Number ${number} comes after ${last}.`)
      last = number
    }
    return isWhole
  }
  const before = rows().map(indexOf).join()
  const start = performance.now()
  scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight)
  return new Promise((resolve, reject) => {
    let shownAt = 0
    const turn = () => {
      const isWhole = look()
      const ms = performance.now() - start
      if (shownAt === 0 && isWhole && rows().map(indexOf).join() !== before) shownAt = ms
      if (ms > 10_000) reject(new Error(`The rows at ${share} were not shown for ten seconds.`))
      // Stays a little longer, since what others do may shift what is shown.
      else if (shownAt === 0 || ms < shownAt + 100) requestAnimationFrame(turn)
      else resolve({ ms: shownAt, wrong: [...wrong] })
    }
    requestAnimationFrame(turn)
  })
}

/** Calls a procedure of the server that changes something, as another user's program would. */
export async function callServer<Output>(leads: ServedLeads, procedure: string, input: object): Promise<Output> {
  return await answerOf(() =>
    fetch(`${leads.url}ops/rpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tableId: leads.tableId, ...input }),
    }),
  )
}

/** Asks the server something. */
async function askServer<Output>(leads: ServedLeads, procedure: string, input: object): Promise<Output> {
  const text = encodeURIComponent(JSON.stringify({ tableId: leads.tableId, ...input }))
  return await answerOf(() => fetch(`${leads.url}ops/rpc/${procedure}?input=${text}`))
}

/** Reads an answer. The embedded database may ask for one more try: it ends statements by starting anew. */
async function answerOf<Output>(ask: () => Promise<Response>, tries = 5): Promise<Output> {
  const response = await ask()
  const answer = (await response.json()) as { result: { data: Output } }
  if (response.ok) return answer.result.data
  if (response.status === 503 && tries > 1) return await answerOf(ask, tries - 1)
  throw new Error(JSON.stringify(answer))
}

export interface OtherUser {
  /** Rows made and deleted so far. */
  readonly changes: number
  stop(): Promise<void>
}

export interface OtherUserOptions {
  /** Rows that there are now. */
  readonly rows: number
  readonly next: () => number
  /** Stops by itself after so many. */
  readonly most: number
  readonly pauseMs: number
}

/** Makes and deletes rows anywhere in the table, one after another. */
export function startOtherUser(leads: ServedLeads, { rows, next, most, pauseMs }: OtherUserOptions): OtherUser {
  let [changes, isStopped] = [0, false]
  const rowAt = async () => {
    const offset = Math.floor(next() * (rows - most))
    const [row] = await askServer<readonly { readonly id: string }[]>(leads, 'rows.window', { offset, limit: 1 })
    return row?.id ?? ''
  }
  const run = async () => {
    while (!isStopped && changes < most) {
      const id = await rowAt()
      const number = firstOfOthers + changes
      if (changes % 2 === 1) await callServer(leads, 'rows.delete', { rowIds: [id] })
      else {
        const cells = { number, email: `p${number}@acme.com` }
        await callServer(leads, 'rows.insert', { rows: [{ cells }], place: { before: id } })
      }
      changes += 1
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const done = run()
  // Told where it is waited for.
  done.catch(() => {})
  return {
    get changes() {
      return changes
    },
    async stop() {
      isStopped = true
      await done
    },
  }
}
