import { builtInColumnTypes } from '@opslayer/core/values'
import { expect, it } from 'vitest'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import { memoryRows } from '../../grid-state/memory-rows.ts'
import { createGrid } from './create-grid.ts'
import { plainGrid } from './testing/plain-grid.ts'

const { text, number } = builtInColumnTypes
const name: GridColumn = { id: 'name', key: 'name', name: 'Name', type: text, settings: text.settings.parse({}) }
const email: GridColumn = { ...name, id: 'email', key: 'email', name: 'Email' }
const score: GridColumn = {
  id: 'score',
  key: 'score',
  name: 'Score',
  type: number,
  settings: number.settings.parse({}),
}

it.each([
  ['none', [name]],
  ['the first', [name, email]],
  ['all', [name, email, score]],
])(
  'writes each value into its column, though the grid shows %s of those made for the paste by then',
  async (_, shown) => {
    const rows = memoryRows([])
    const options = plainGrid(rows, [name])
    const told = Promise.withResolvers<string>()
    const host = {
      onAddPasted: async () => {
        grid.update({ ...options, host, columns: shown })
        return [email, score]
      },
      onNotice: (notice: { readonly text: string }) => told.resolve(notice.text),
    }
    const grid = createGrid({ ...options, host })
    await grid.clipboard.paste({ html: '', text: 'Ada\tada@acme.com\t7\n' })
    grid.store.get().heldPaste?.addColumns?.(false)
    expect(await told.promise).toBe('Pasted 3 cells. 1 row was added. 2 fields were added.')
    expect(rows.all().map(({ cells }) => cells)).toEqual([{ name: 'Ada', email: 'ada@acme.com', score: 7 }])
  },
)

it('refuses what is too large by its text, without the markup, which takes far longer', async () => {
  const told = Promise.withResolvers<string>()
  const options = plainGrid(memoryRows([]), [name])
  const host = { onNotice: (notice: { readonly text: string }) => told.resolve(notice.text) }
  const grid = createGrid({ ...options, host })
  const html = {
    toString: () => {
      throw new Error('The markup was read.')
    },
  } as unknown as string
  await grid.clipboard.paste({ html, text: 'a\tb\n'.repeat(60_000) })
  expect(await told.promise).toContain('The clipboard holds 120,000 cells')
})
