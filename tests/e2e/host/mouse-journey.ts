import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import type { HostPage, OpenHost } from '../testing/open-host-page.ts'

/** Names of the columns, from the left. */
const columns = ({ page }: HostPage) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=columnheader]')]
      .map((header) => ({ at: Number(header.getAttribute('aria-colindex')), name: header.textContent?.trim() ?? '' }))
      .sort((a, b) => a.at - b.at)
      .map(({ name }) => name)
      .filter((name) => name !== ''),
  )

const viewNames = ({ page }: HostPage) => page.locator('.ops-view-name').allTextContents()

/** Drags one thing to the middle of another. */
async function drag({ page }: HostPage, from: string, to: string, selector: string): Promise<void> {
  const middle = async (name: string) => {
    const box = await page.locator(selector).filter({ hasText: name }).first().boundingBox()
    if (box === null) throw new Error(`${name} is not in sight.`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const [start, end] = [await middle(from), await middle(to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  for (let step = 1; step <= 8; step++) {
    await page.mouse.move(start.x + ((end.x - start.x) * step) / 8, start.y + ((end.y - start.y) * step) / 8)
  }
  await page.mouse.up()
}

/** Arranging a view by dragging, and colouring it. */
export function describeArranging(open: OpenHost): void {
  describe('a view that is arranged by mouse', () => {
    it('has its columns, its place among the views and its colours for everybody once it is saved', async () => {
      await using host = await open()
      const { page } = host
      await host.openTable('Deals')
      await page.getByRole('button', { name: 'Won', exact: true }).click()
      await page.waitForURL(/view=/)
      await expect.poll(() => columns(host)).toContain('Stage')
      const before = await columns(host)
      await drag(host, 'Amount', 'Company', '[role=columnheader]')
      await expect.poll(async () => (await columns(host)).indexOf('Amount')).toBe(before.indexOf('Company'))

      await page.getByRole('button', { name: 'Colour' }).click()
      await page.getByRole('button', { name: 'Add rule' }).click()
      const rule = page.locator('.ops-format').last()
      await rule.getByRole('combobox', { name: 'Column', exact: true }).fill('Amount')
      await page.getByRole('option', { name: 'Amount' }).click()
      await rule.getByRole('combobox', { name: 'Operator' }).click()
      await page.getByRole('option', { name: '>', exact: true }).click()
      await rule.getByRole('textbox', { name: 'Value' }).fill('0')
      await rule.getByRole('combobox', { name: 'Background' }).click()
      await page.getByRole('option', { name: 'Violet' }).click()
      await page.locator('.ops-row.ops-format-tint-violet').first().waitFor()
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect.poll(() => page.getByRole('button', { name: 'Reset' }).count()).toBe(0)

      expect(await viewNames(host)).toEqual(['All rows', 'Open pipeline', 'Closing this month', 'Won'])
      await drag(host, 'Won', 'Open pipeline', '.ops-view-name')
      const moved = ['All rows', 'Won', 'Open pipeline', 'Closing this month']
      await expect.poll(() => viewNames(host)).toEqual(moved)

      await using theirs = await open({ role: 'viewer' })
      await theirs.openTable('Deals')
      await expect.poll(() => viewNames(theirs)).toEqual(moved)
      await theirs.page.getByRole('button', { name: 'Won', exact: true }).click()
      await expect.poll(async () => (await columns(theirs)).indexOf('Amount')).toBe(before.indexOf('Company'))
      await theirs.page.locator('.ops-row.ops-format-tint-violet').first().waitFor()
    }, 60_000)
  })
}
