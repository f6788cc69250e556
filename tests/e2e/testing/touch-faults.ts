import type { Page } from 'playwright-core'

/** What a finger needs, in CSS pixels. */
const leastPx = 44

/**
 * What is hard to press by a finger in the windows, menus and panels on the page, one line each: what is pressed counts as
 * far as presses reach it, the label of a switch and room around a link included.
 */
export async function touchFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === 1)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  })
  return await page.evaluate(faultsIn, leastPx)
}

/** Runs in the page. */
function faultsIn(leastPx: number): string[] {
  const places = '.ops-modal, .ops-popover, .ops-menu, .ops-choices, .ops-row-panel'
  const controls =
    'button, a[href], summary, textarea, input:not([type="file"], [aria-hidden="true"]), ' +
    ':is([role="switch"], [role="checkbox"], [role="tab"], [role="option"], [role^="menuitem"], [role="combobox"])'
  const faults = new Set<string>()
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) faults.add(`the page is ${scrollWidth} px wide`)
  for (const place of document.querySelectorAll(places)) {
    for (const control of place.querySelectorAll<HTMLElement>(controls)) {
      if (control.matches(':disabled, [aria-hidden="true"]') || !control.checkVisibility()) continue
      const fault = faultOf(control)
      if (fault !== null) faults.add(`${nameOf(control)}: ${fault}`)
    }
  }
  return [...faults]

  function faultOf(control: HTMLElement): string | null {
    control.scrollIntoView({ block: 'center', inline: 'center' })
    const { left, right, top, bottom } = control.getBoundingClientRect()
    if (right - left < 1) return null
    if (left < 0 || right > innerWidth) return `reaches from ${Math.round(left)} to ${Math.round(right)} px`
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const isReached = (atY: number) => {
      const hit = document.elementFromPoint(x, atY)
      return hit !== null && (control.contains(hit) || hit.closest('label')?.control === control)
    }
    if (!isReached(y)) return 'lies below something else'
    let [from, to] = [y, y]
    while (to - from < leastPx && isReached(from - 1)) from -= 1
    while (to - from < leastPx && isReached(to + 1)) to += 1
    // The middle may lie between two pixels.
    return to - from + 1 < leastPx ? `${Math.round(to - from + 1)} px high` : null
  }

  function nameOf(control: HTMLElement): string {
    const label = control instanceof HTMLInputElement ? control.labels?.[0]?.textContent : control.textContent
    return `${control.localName} “${control.getAttribute('aria-label') || label || control.className}”`
  }
}
