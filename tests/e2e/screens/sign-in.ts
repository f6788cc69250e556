import type { Page } from 'playwright-core'

/** Signs in as somebody else, on the same page. */
export async function signIn(page: Page, orgId: string, role: string): Promise<void> {
  await page.evaluate(
    (body) =>
      fetch('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    { orgId, role },
  )
  await page.reload()
  await page.locator('main').waitFor()
}
