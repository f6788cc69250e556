import { describe, expect, it } from 'vitest'
import { type ExportChoice, exportPath } from './export-path.ts'

const shown = {
  tableId: 'tbl_1',
  viewId: 'view_1',
  sort: [{ column: 'a' }],
  locale: 'de-DE',
  timeZone: 'Europe/Berlin',
}
const choice: ExportChoice = { format: 'csv', values: 'raw', delimiter: ',', rows: 'view' }
const queryOf = (link: string) => JSON.parse(new URL(link, 'http://host').searchParams.get('input') ?? '').query

describe('exportPath', () => {
  it('asks for what is on the screen, or for all', () => {
    expect(queryOf(exportPath(shown, choice))).toEqual({
      format: 'csv',
      values: 'raw',
      view: 'view_1',
      sort: [{ column: 'a' }],
    })
    expect(queryOf(exportPath(shown, { ...choice, rows: 'all' }))).toEqual({ format: 'csv', values: 'raw' })
  })

  it('says how values look only where they are for people', () => {
    const query = queryOf(exportPath(shown, { ...choice, format: 'xlsx', values: 'formatted', delimiter: ';' }))
    expect(query).toMatchObject({ format: 'xlsx', locale: 'de-DE', timeZone: 'Europe/Berlin' })
    expect(query).not.toHaveProperty('delimiter')
  })
})
