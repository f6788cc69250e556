import type { Page } from 'playwright-core'

/** How a server can answer in place of the demo's. */
export type Answer = 'never' | 'fault' | 'forbidden' | 'nothing'

const nothing = { result: { data: { items: [], nextCursor: null } } }
const forbidden = {
  error: {
    message: 'You may not read this. Ask an admin of the workspace.',
    code: -32003,
    data: { code: 'FORBIDDEN', httpStatus: 403, ops: { code: 'FORBIDDEN', retryable: false } },
  },
}

/** Loads the page anew with a server that answers some calls otherwise: as a fault or a host's `authorize` would have it. */
export async function answerCalls(page: Page, calls: RegExp, how: Answer): Promise<void> {
  await page.route(
    ({ pathname }) => pathname.includes('/rpc/') && calls.test(pathname),
    (route) => {
      if (how === 'never') return
      if (how === 'fault') return route.fulfill({ status: 500, body: '{}' })
      const each = new URL(route.request().url()).pathname.split(',')
      const answer = how === 'forbidden' ? forbidden : nothing
      return route.fulfill({ status: how === 'forbidden' ? 403 : 200, json: each.map(() => answer) })
    },
  )
  await page.reload()
  await page.locator('main').waitFor()
}
