import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { TableHistoryEntry } from '../data/client/history-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { tableTexts } from '../provider/table-texts.ts'
import { translator } from '../provider/translator.ts'
import { fieldNames } from './changed-row.ts'
import { rowPlace, tableChangeWords } from './table-change-words.ts'

const columns = ['Name', 'Stage', 'Owner', 'Amount'].map((name) => ({ id: name[0], name }) as unknown as TableColumn)
const words = {
  columns,
  context: { locale: 'en-US', timeZone: 'UTC', now: new Date(0) },
  translate: translator(tableTexts, 'en-US'),
  types: builtInColumnTypes,
}

const entry = (changes: Partial<TableHistoryEntry>) =>
  ({ kind: 'rows-updated', rowCount: 1, columns: ['S'], row: null, ...changes }) as TableHistoryEntry

describe('what is said of a change', () => {
  const row = { id: '7', name: 'Ada', isThere: true }

  it('names the row and its fields where they are few', () => {
    expect(tableChangeWords(entry({ row }), words)).toBe(`changed Stage of ${rowPlace}`)
    expect(tableChangeWords(entry({ row, columns: ['S', 'O'] }), words)).toBe(`changed Stage and Owner of ${rowPlace}`)
    expect(tableChangeWords(entry({ row, kind: 'rows-deleted', columns: null }), words)).toBe(`deleted ${rowPlace}`)
  })

  it('counts where there are many', () => {
    expect(tableChangeWords(entry({ rowCount: 1200 }), words)).toBe('changed Stage in 1,200 rows')
    expect(tableChangeWords(entry({ row, columns: ['N', 'S', 'O', 'A'] }), words)).toBe(
      `changed 4 fields of ${rowPlace}`,
    )
    expect(tableChangeWords(entry({ kind: 'rows-inserted', columns: null, rowCount: 2 }), words)).toBe('added 2 rows')
  })

  it('names a column whose definition changed, and one that is gone by its id', () => {
    expect(tableChangeWords(entry({ kind: 'column', columns: ['O'], rowCount: 0 }), words)).toBe('changed column Owner')
    expect(fieldNames(['gone'], words)).toBe('gone')
  })
})
