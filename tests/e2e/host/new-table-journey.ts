import { describe, expect, it } from 'vitest'
import type { HostPage, OpenHost } from '../testing/open-host-page.ts'

interface EditedType {
  readonly name: string
  readonly type: string
  readonly settings?: object
  /** Texts to type, and names of keys. */
  readonly keys: readonly string[]
  readonly stored: unknown
}

const options = [
  { id: 'open', name: 'Open', color: 'gray' },
  { id: 'won', name: 'Won', color: 'green' },
]
const tab = 'key:Tab'

/** Every column type that people edit, what they type, and what the server has then. */
const types: readonly EditedType[] = [
  { name: 'Name', type: 'text', keys: ['Ada Lovelace', tab], stored: 'Ada Lovelace' },
  { name: 'Email', type: 'email', keys: ['Ada@Acme.com', tab], stored: 'ada@acme.com' },
  { name: 'Employees', type: 'number', keys: ['1,250', tab], stored: 1250 },
  { name: 'Arr', type: 'currency', settings: { code: 'USD' }, keys: ['$12.5k', tab], stored: 12_500 },
  { name: 'Share', type: 'percent', keys: ['35 %', tab], stored: 0.35 },
  { name: 'Founded', type: 'date', keys: ['2021-03-04', tab], stored: '2021-03-04' },
  { name: 'Called', type: 'duration', keys: ['1h 30m', tab], stored: 5_400 },
  { name: 'Website', type: 'url', keys: ['acme.com', tab], stored: 'https://acme.com/' },
  { name: 'Owner', type: 'person', keys: ['Mara', tab], stored: 'Mara Lindqvist <mara@northwind.example>' },
  { name: 'Account', type: 'company', keys: ['https://www.acme.com/about', tab], stored: 'acme.com' },
  { name: 'Mobile', type: 'phone', keys: ['+49 30 901820', tab], stored: '+4930901820' },
  { name: 'Profile', type: 'linkedin', keys: ['linkedin.com/in/ada', tab], stored: 'https://www.linkedin.com/in/ada' },
  { name: 'Stage', type: 'status', settings: { options }, keys: ['wo', tab], stored: 'won' },
  { name: 'Plan', type: 'dropdown', settings: { options }, keys: ['op', tab], stored: 'open' },
  { name: 'Labels', type: 'tags', settings: { options }, keys: ['won', 'key:Enter', tab], stored: ['won'] },
  { name: 'Fit', type: 'rating', keys: ['4', tab], stored: 4 },
  { name: 'Seen', type: 'datetime', keys: ['2026-11-20 10:30', tab], stored: '2026-11-20T15:30:00.000Z' },
  { name: 'Notes', type: 'long_text', keys: ['one', 'key:Shift+Enter', 'two', tab], stored: 'one\ntwo' },
  { name: 'Answer', type: 'json', keys: ['{"a":[1]}', tab], stored: { a: [1] } },
  { name: 'Active', type: 'checkbox', keys: ['key:Enter'], stored: true },
]
const keyOf = ({ name }: EditedType) => name.toLowerCase()

interface RowsAnswer {
  readonly rows: readonly { readonly cells: Readonly<Record<string, unknown>> }[]
}
const firstRow = async (host: HostPage, tableId: string) =>
  (await host.call<RowsAnswer>('rows.page', { tableId, limit: 1 })).rows[0]?.cells ?? {}

/** A table from nothing: rows of a spreadsheet, edits of every type, undo. */
export function describeNewTable(open: OpenHost): void {
  describe('a table from nothing', () => {
    it('takes 1,000 rows of a spreadsheet, and edits of every type, and gives them back one by one', async () => {
      await using host = await open()
      const columns = types.map(({ name, type, settings }) => ({ name, type, ...(settings && { settings }) }))
      const { id } = await host.call<{ readonly id: string }>('tables.create', { name: 'Prospects', columns })
      // The navigation hears of it by itself.
      await host.openTable('Prospects')

      await host.page.evaluate(async () => {
        const rows = Array.from(
          { length: 1_000 },
          (_, n) => `<tr><td>Person ${n}</td><td>p${n}@acme.com</td><td>${n}</td></tr>`,
        )
        const html = new Blob([`<table>${rows.join('')}</table>`], { type: 'text/html' })
        await navigator.clipboard.write([new ClipboardItem({ 'text/html': html })])
      })
      await host.page.locator('.ops-grid-rows').focus()
      await host.press('ArrowDown', 'Control+v')
      await expect
        .poll(() => host.call('rows.count', { tableId: id, exact: true }), { timeout: 30_000 })
        .toMatchObject({ count: 1_000 })
      await expect.poll(() => host.cell(3, 'Email')).toBe('p3@acme.com')

      await host.press('Control+Home')
      for (const key of types.flatMap(({ keys }) => keys)) {
        if (key.startsWith('key:')) await host.press(key.slice(4))
        else await host.page.keyboard.type(key)
      }
      await expect
        .poll(() => firstRow(host, id), { timeout: 15_000 })
        .toMatchObject(Object.fromEntries(types.map((type) => [keyOf(type), type.stored])))

      for (const last of ['active', 'answer', 'notes']) {
        await host.press('Control+z')
        await expect.poll(async () => (await firstRow(host, id))[last] ?? null).toBe(null)
      }
    }, 90_000)
  })
}
