import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import type { DialogsTab, OpenDialogs } from '../testing/open-dialogs.ts'

async function choose({ page, dialog }: DialogsTab, what: string): Promise<void> {
  await page.locator('.dialogs-buttons').getByRole('button', { name: 'Add column' }).click()
  await dialog.getByRole('combobox', { name: 'Search column types' }).fill(what)
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
}

/** How many columns are called so; those that are scrolled away have no header. */
const columns = ({ page }: DialogsTab, name: string) =>
  page.getByRole('button', { name: `Edit ${name}`, exact: true }).count()

/** Adding and editing columns, and the editor of formulas. */
export function describeColumnDialogs(openTable: OpenDialogs): void {
  describe('adding columns', () => {
    const types = ['Long text', 'Checkbox', 'Date and time', 'Rating', 'JSON']

    it('makes columns by keyboard alone', async () => {
      await using tab = await openTable()
      for (const type of types) {
        await choose(tab, type)
        await tab.page.keyboard.type(`My ${type}`)
        await tab.page.keyboard.press('Enter')
        await expect.poll(() => tab.dialog.count()).toBe(0)
      }
      for (const type of types) await expect.poll(() => columns(tab, `My ${type}`)).toBe(1)
    })

    it('makes a status with options of its own, and says at the field what the server refuses', async () => {
      await using tab = await openTable({ width: 390, height: 844 })
      const { page, dialog } = tab
      await choose(tab, 'status')
      await page.keyboard.type('Stage')
      await dialog.getByRole('textbox', { name: 'New option' }).fill('Done')
      await page.keyboard.press('Enter')
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByText('“Done” is taken').waitFor()
      await dialog.getByRole('textbox', { name: 'Name of the option' }).last().fill('Parked')
      await dialog.getByRole('button', { name: 'Move Parked: arrow up or down' }).press('ArrowUp')
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await page.getByRole('button', { name: 'Edit Stage' }).click()
      const names = dialog.getByRole('textbox', { name: 'Name of the option' })
      await names.first().waitFor()
      expect(await names.evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value))).toEqual([
        'New',
        'In progress',
        'Done',
        'Parked',
        'Lost',
      ])
    })

    it('moves an option past several others in one drag', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      await choose(tab, 'status')
      const grips = dialog.getByRole('button', { name: /^Move / })
      const names = () => dialog.getByRole('textbox', { name: 'Name of the option' })
      const boxes = await grips.evaluateAll((all) => all.map((grip) => grip.getBoundingClientRect().toJSON()))
      const [first, second, third] = boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const)
      if (first === undefined || second === undefined || third === undefined) throw new Error('There are four options.')
      await page.mouse.move(...first)
      await page.mouse.down()
      for (const place of [second, third]) {
        await page.mouse.move(...place, { steps: 5 })
        await page.evaluate(() => new Promise(requestAnimationFrame))
      }
      await page.mouse.up()
      await expect
        .poll(() => names().evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value)))
        .toEqual(['In progress', 'Done', 'New', 'Lost'])
    })

    it('makes a number with a default and a rule that the next edit must keep', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      await choose(tab, 'number')
      await page.keyboard.type('Fit')
      await dialog.getByRole('button', { name: 'A value' }).click()
      await dialog.getByRole('textbox', { name: 'A value' }).fill('many')
      await dialog.getByText('“many” is not a number').waitFor()
      await dialog.getByRole('textbox', { name: 'A value' }).fill('50')
      await dialog.getByRole('switch', { name: 'Values must satisfy a rule' }).click()
      await dialog.getByRole('textbox', { name: 'Rule' }).fill('@fit >= 0 AND @fit <= 100')
      await dialog.getByRole('textbox', { name: 'What people are told' }).fill('Fit must be 0–100')
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await expect.poll(() => columns(tab, 'Fit')).toBe(1)
    })
  })

  describe('the formula editor', () => {
    it('completes, underlines what is wrong, mends it by a click, and shows results before anything is saved', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      await choose(tab, 'formula')
      await page.keyboard.type('Value')
      const formula = dialog.getByRole('textbox', { name: 'Formula' })
      await formula.focus()
      await page.keyboard.type('roun')
      await page.getByRole('option', { name: 'ROUND', exact: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.type('@amo')
      await page.getByRole('option', { name: /Amount/ }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Tab')
      await page.keyboard.type(' * @scre / 100) + amount')
      await dialog.getByText('There is no column @scre.').waitFor()
      await expect.poll(() => dialog.locator('[data-faulty]').allTextContents()).toEqual(['@scre', 'amount'])
      await dialog.getByRole('button', { name: 'Use @score' }).click()
      await dialog.getByRole('button', { name: 'Use @amount' }).click()
      await formula.fill((await formula.inputValue()).replace(' + @amount', ''))
      expect(await formula.inputValue()).toBe('ROUND(@amount * @score / 100)')
      await expect
        .poll(() => dialog.locator('.ops-sheet tbody tr').allTextContents())
        .toEqual(['0€1,000.000', '3€1,250.0038', '6€1,500.0090'])
      await dialog.getByText('40 of 40 rows would change.').waitFor()
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await expect.poll(() => columns(tab, 'Value')).toBe(1)
    })

    it('computes with a function of the host in the browser, and the server then says the same', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      const results = () => dialog.locator('.ops-sheet tbody tr').allTextContents()
      await page.route(/formulas\.preview/, (route) => route.abort())
      await choose(tab, 'formula')
      await dialog.getByRole('textbox', { name: 'Formula' }).focus()
      await page.keyboard.type('acme.p')
      await page.getByRole('option', { name: 'ACME.POINTS', exact: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.type('@score)')
      await expect.poll(results).toEqual(['01', '37', '613'])
      await page.unroute(/formulas\.preview/)
      await page.keyboard.type(' + 1')
      await dialog.getByText('40 of 40 rows would change.').waitFor()
      await expect.poll(results).toEqual(['02', '38', '614'])
    })

    it('keeps what completes it below the line while the form moves, as it does on a phone when faults come and go', async () => {
      await using tab = await openTable({ width: 390, height: 844 })
      const { page, dialog } = tab
      await choose(tab, 'formula')
      await dialog.getByRole('textbox', { name: 'Formula' }).focus()
      await page.keyboard.type('IF(@pl')
      const list = page.getByRole('listbox')
      await list.waitFor()
      const fault = dialog.getByText('This bracket is not closed.')
      await fault.waitFor()
      const gap = () =>
        list.evaluate((element) => {
          const line = document.querySelector('.ops-formula-mirror .ops-piece-column')?.getBoundingClientRect()
          return Math.round((element.parentElement?.getBoundingClientRect().top ?? 0) - (line?.bottom ?? 0))
        })
      for (const height of ['120px', '20px']) {
        await fault.evaluate((element, minHeight) => Object.assign(element.style, { minHeight }), height)
        await expect.poll(gap).toBe(4)
      }
    })

    it('keeps the dialog when Escape closes the list, and takes a completion back with undo', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      await choose(tab, 'formula')
      const formula = dialog.getByRole('textbox', { name: 'Formula' })
      await formula.focus()
      await page.keyboard.type('upp')
      await page.getByRole('listbox').waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => page.getByRole('listbox').count()).toBe(0)
      expect(await formula.inputValue()).toBe('upp')
      await page.keyboard.press('Control+ ')
      await page.keyboard.press('Enter')
      expect(await formula.inputValue()).toBe('UPPER(')
      await page.keyboard.press('Control+z')
      expect(await formula.inputValue()).toBe('upp')
    })
  })

  describe('editing a column', () => {
    it('tells what does not convert before it gives a column another type', async () => {
      await using tab = await openTable()
      const { page, dialog } = tab
      await page.getByRole('button', { name: 'Edit Plan' }).click()
      const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
      await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
      await dialog.getByRole('combobox', { name: 'Type' }).click()
      await page.getByRole('option', { name: 'Number' }).click()
      await dialog.getByText('10 cells convert. 30 do not').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('combobox', { name: 'Type' }).click()
      await page.getByRole('option', { name: 'Dropdown' }).click()
      await dialog.getByText('All 40 cells convert.').waitFor()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await page.getByRole('button', { name: 'Edit Plan' }).click()
      const names = dialog.getByRole('textbox', { name: 'Name of the option' })
      await names.first().waitFor()
      expect(await names.evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value).sort())).toEqual([
        '12',
        'Business',
        'Team',
        'free',
      ])
    })

    it('asks before it deletes what a formula reads', async () => {
      await using tab = await openTable()
      const { page } = tab
      await page.getByRole('button', { name: 'Edit Amount' }).click()
      await page.getByRole('button', { name: 'Delete column' }).click()
      const question = page.getByRole('alertdialog', { name: 'Delete the column “Amount”?' })
      await question.getByRole('button', { name: 'Delete column' }).click()
      await question.getByText(/“Value” uses it/).waitFor()
      await question.getByRole('button', { name: 'Cancel' }).click()
      await expect.poll(() => question.count()).toBe(0)
    })

    it('brings back the column that was deleted, whatever was done after', async () => {
      await using tab = await openTable()
      const { page } = tab
      const tableId = await tab.showTable(
        'Kept',
        [
          { name: 'Name', type: 'text' },
          { name: 'City', type: 'text' },
        ],
        [{ name: 'Ada' }],
      )
      const edit = (name: string) => page.getByRole('button', { name: `Edit ${name}`, exact: true })
      await edit('City').click()
      await page.getByRole('button', { name: 'Delete column' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete column' }).click()
      await expect.poll(() => edit('City').count()).toBe(0)
      await page.evaluate(
        async (data) => {
          await fetch('ops/rpc/columns.create', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(data),
          })
        },
        { tableId, column: { name: 'Later', type: 'number' } },
      )
      await expect.poll(() => edit('Later').count()).toBe(1)
      await page.locator('.ops-notice').getByRole('button', { name: 'Undo' }).click()
      await expect.poll(() => edit('City').count()).toBe(1)
      expect(await edit('Later').count()).toBe(1)
    })
  })
}
