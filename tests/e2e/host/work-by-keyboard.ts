import { describe, expect, it } from 'vitest'
import { focusOf } from '../testing/keyboard-focus.ts'
import type { HostPage, OpenHost } from '../testing/open-host-page.ts'

async function openWork({ page, press }: HostPage, tab: string): Promise<void> {
  await page.getByRole('link', { name: 'Runs', exact: true }).press('Enter')
  await page.getByRole('tab', { name: tab, exact: true }).focus()
  await press('Enter')
}

/** The panels of all work stand in the page of an app: no window keeps the focus in them. */
export function describeWorkByKeyboard(open: OpenHost): void {
  describe('work by keyboard alone', () => {
    it('has the focus on the form of budgets once one is removed', async () => {
      await using host = await open()
      const { page } = host
      await openWork(host, 'Spend')
      await page.getByRole('button', { name: 'Remove the budget' }).press('Enter')
      await page.getByText('No budget is set: spending is not limited.').waitFor()
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('form')?.ariaLabel))
        .toBe('Set a budget')
    })

    it('has the focus on the button for new schedules once one is deleted', async () => {
      await using host = await open()
      const { page } = host
      await openWork(host, 'Schedules')
      await page.getByRole('button', { name: 'New schedule' }).press('Enter')
      await focusOf(page).toBe('What it starts')
      await host.press('Escape')
      await focusOf(page).toBe('New schedule')
      await host.press('Enter')
      await focusOf(page).toBe('What it starts')
      // Escape closes the list of the field alone, and what was chosen stays.
      await host.press('ArrowDown', 'Escape')
      await expect
        .poll(() => page.getByRole('combobox', { name: 'What it starts' }).inputValue())
        .toBe('Run Verification · Contacts')
      await expect.poll(() => page.getByRole('listbox').count()).toBe(0)
      await page.getByRole('textbox', { name: 'Name' }).press('Enter')
      await focusOf(page).toBe('New schedule')
      await page.reload()
      await openWork(host, 'Schedules')
      await page.getByRole('button', { name: /^Delete Run Verification/ }).press('Enter')
      await focusOf(page).toBe('New schedule')
    })

    it('has the focus in the form of a new feed, though its sources come late', async () => {
      await using host = await open()
      const { page } = host
      await openWork(host, 'Feeds')
      await page.getByRole('button', { name: 'New feed' }).press('Enter')
      await focusOf(page).toBe('Source')
    })
  })
}
