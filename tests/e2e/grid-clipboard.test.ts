import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))

async function setClipboard(scene: Scene, content: { text: string; html?: string }): Promise<void> {
  await scene.page.evaluate(async ({ text, html }) => {
    const blobs: Record<string, Blob> = { 'text/plain': new Blob([text], { type: 'text/plain' }) }
    if (html !== undefined) blobs['text/html'] = new Blob([html], { type: 'text/html' })
    await navigator.clipboard.write([new ClipboardItem(blobs)])
  }, content)
}

const readText = (scene: Scene) => scene.page.evaluate(() => navigator.clipboard.readText())

describe('the clipboard', () => {
  it('copies texts that a spreadsheet reads, and pastes them as the values they were', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press(
      'ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'Shift+ArrowRight',
      'Shift+ArrowDown',
      'Control+c',
    )
    expect((await readText(scene)).replaceAll('\r', '')).toBe('New\t$0.00\nWon\t$7,919.25')
    await scene.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Control+v')
    await expect.poll(() => scene.cell(4, 'amount')).toBe(7919.25)
    expect(await scene.cell(3, 'stage')).toBe('new')
    await expect.poll(() => scene.notices()).toContain('Pasted 4 cells.')
  })

  it('pastes 1,000 rows of a spreadsheet and makes the rows that are missing', async () => {
    await using scene = await openScene('scene=mixed&rows=10')
    const html = `<table>${Array.from({ length: 1_000 }, (_, i) => `<tr><td>Person ${i}</td><td>acme.com</td><td>p${i}@acme.com</td></tr>`).join('')}</table>`
    await setClipboard(scene, { text: 'not this', html })
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowDown', 'Control+v')
    await expect.poll(() => scene.page.evaluate(() => window.scene.rows.count)).toBe(1_001)
    expect(await scene.cell(1_000, 'email')).toBe('p999@acme.com')
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace')
    expect(await scene.notices()).toContain('Pasted 3,000 cells. 991 rows were added.')
  })

  it('shows what does not fit before it writes anything', async () => {
    await using scene = await openScene('scene=mixed')
    await setClipboard(scene, { text: 'many\t2026-01-02\n5\tsoon' })
    await scene.grid.focus()
    await scene.press('ArrowDown', ...Array.from({ length: 15 }, () => 'ArrowRight'), 'Control+v')
    const dialog = scene.page.getByRole('alertdialog')
    await dialog.waitFor()
    expect(await dialog.textContent()).toContain('“many” is not a number')
    expect(await scene.cell(1, 'employees')).toBe(31)
    await dialog.getByRole('button', { name: 'Paste the other 3' }).click()
    await expect.poll(() => scene.cell(1, 'employees')).toBe(5)
    expect(await scene.cell(0, 'employees')).toBe(0)
  })

  it('says before and after how many columns did not fit, where none can be made', async () => {
    await using scene = await openScene('scene=mixed&columns=3')
    await setClipboard(scene, { text: 'acme.com\tx@acme.com\tb\tc\nacme.com\ty@acme.com\te\tf\t' })
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'Control+v')
    const dialog = scene.page.getByRole('alertdialog')
    await dialog.getByText('The clipboard has 2 more columns than there are fields to the right').waitFor()
    expect(await dialog.getByRole('button').allTextContents()).toEqual(['Paste nothing', 'Paste what fits'])
    expect(await scene.cell(0, 'email')).not.toBe('x@acme.com')
    await dialog.getByRole('button', { name: 'Paste what fits' }).click()
    await expect
      .poll(() => scene.notices())
      .toEqual(['Pasted 4 cells. 2 columns of the clipboard were left out: there are no fields for them.'])
  })

  it('takes markup of strangers as text and runs nothing of it', async () => {
    await using scene = await openScene('scene=mixed')
    const html =
      '<table><tr><td><img src=x onerror="window.hacked=1">ok<script>window.hacked=1</script></td></tr></table>'
    await scene.page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/html', text)
      const root = document.querySelector<HTMLElement>('.ops-grid-rows')
      root?.focus()
      root?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
      root?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    }, html)
    await expect.poll(() => scene.cell(0, 'name')).toBe('ok')
    await scene.press('Enter', 'Control+a')
    await scene.page.keyboard.type('<b>bold</b>')
    await scene.press('Enter')
    await expect
      .poll(() => scene.page.locator('.ops-row-start[aria-rowindex="2"] .ops-cell').textContent())
      .toBe('<b>bold</b>')
    expect(await scene.page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  it.each([
    ['text/plain', 'a\tb\tc\td\te\n'],
    ['text/html', '<tr><td>a<td>b<td>c<td>d<td>e</tr>'],
  ])('says that 1,000,000 cells of %s are too many, and goes on working', async (type, line) => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.evaluate(
      ([kind, row]) => {
        const data = new DataTransfer()
        data.setData(kind, kind === 'text/html' ? `<table>${row.repeat(200_000)}</table>` : row.repeat(200_000))
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      },
      [type, line] as const,
    )
    await expect.poll(async () => (await scene.notices()).join()).toContain('1,000,000 cells; at most 100,000')
    await scene.press('ArrowDown')
    expect(await scene.activePlace()).toBe('1:0')
  })

  it('empties a cell by an empty one that was copied', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Delete', 'Control+c', 'ArrowDown')
    expect(await scene.cell(1, 'name')).not.toBeNull()
    await scene.press('Control+v')
    await expect.poll(() => scene.notices()).toEqual(['Pasted 1 cell.'])
    expect(await scene.cell(1, 'name')).toBeNull()
  })

  it('keeps texts of every script as they are, from markup and from plain text', async () => {
    const texts = [
      'شركة النور للتجارة',
      'שָׁלוֹם עוֹלָם',
      '\u{1f469}‍\u{1f469}‍\u{1f467} Familie',
      'Cafe\u0301 Müller',
      'Ada \u2067שלום (1)\u2069 & Co',
      'חברת Acme בע"מ 2026',
    ]
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    for (const content of [
      { text: texts.map((text) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text)).join('\n') },
      {
        text: 'not this',
        html: `<table>${texts.map((text) => `<tr><td>${escaped(text)}</td></tr>`).join('')}</table>`,
      },
    ]) {
      await using scene = await openScene('scene=mixed&rows=10')
      await setClipboard(scene, content)
      await scene.grid.focus()
      await scene.press('ArrowDown', 'Control+v')
      for (const [row, text] of texts.entries()) await expect.poll(() => scene.cell(row, 'name')).toBe(text)
      await setClipboard(scene, { text: 'something else' })
      await scene.press('Control+Home', ...texts.slice(1).map(() => 'Shift+ArrowDown'), 'Control+c')
      await expect.poll(() => readText(scene)).not.toBe('something else')
      await scene.press('Control+Home', ...texts.map(() => 'ArrowDown'), 'Control+v')
      // Six rows further down, where the copies are pasted.
      for (const [row, text] of texts.entries())
        await expect.poll(() => scene.cell(texts.length + row, 'name')).toBe(text)
    }
  })

  it('cuts', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+x')
    await expect.poll(() => scene.cell(0, 'name')).toBeNull()
    expect(await readText(scene)).toBe('Ada Lovelace')
  })

  it('cuts nothing that did not get onto the clipboard', async () => {
    await using scene = await openScene('scene=late&loads=fail')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+x')
    await expect.poll(() => scene.notices()).toEqual(['Nothing was copied: The server is away.'])
    await scene.page.evaluate(() => window.late.sendRows())
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace')
  })

  it('says so when the rows that are pasted into cannot be loaded', async () => {
    await using scene = await openScene('scene=late&loads=fail')
    await setClipboard(scene, { text: 'a\tb' })
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+v')
    await expect.poll(() => scene.notices()).toEqual(['Nothing was changed: The server is away.'])
  })
})
