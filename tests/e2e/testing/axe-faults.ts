import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(
    context: object,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
}

/**
 * What axe finds on the page, one line each. Looks once nothing moves any more: half-seen text has no contrast.
 *
 * @param rules the only ones to look by; all when left out
 */
export async function axeFaults(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return await page.evaluate(async (only) => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === 1)
    await Promise.allSettled(moving.map(({ finished }) => finished))
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run(document, {
      // What is well is found all the same, and not written down.
      resultTypes: ['violations'],
      ...(only.length > 0 && { runOnly: { type: 'rule', values: only } }),
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    })
    // Guards of an open menu at a button can have the focus though they are hidden: they give it on at once.
    const isMenuOpen = document.querySelector('[role="menu"]') !== null
    const isGuard = (rule: string, html: string) =>
      isMenuOpen && rule === 'aria-hidden-focus' && html.includes('data-base-ui-focus-guard')
    const faults = violations.map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => !isGuard(id, html)) }))
    return faults
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html} — ${nodes[0]?.failureSummary}`)
  }, rules)
}
