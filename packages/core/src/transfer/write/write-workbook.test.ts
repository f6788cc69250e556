import { readXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import type { QueryColumn } from '../../query/query-table.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { AnyColumnType } from '../../values/column-type.ts'
import { testContext } from '../../values/testing/test-context.ts'
import { exportQuerySchema } from './export-query.ts'
import { type ExportTally, newTally } from './export-report.ts'
import { writeWorkbook } from './write-workbook.ts'

function column(name: string, id: BuiltInColumnTypeId, settings: object = {}): QueryColumn {
  const type: AnyColumnType = builtInColumnTypes[id]
  const physical = { values: 'c1', sortKey: null, state: null, number: 1 }
  return { id: `col_${name}`, key: name, name, type, settings: type.settings.parse(settings), ...physical }
}

interface Workbook {
  readonly columns: readonly QueryColumn[]
  /** Fields as COPY writes them. */
  readonly lines: readonly (readonly string[])[]
  readonly query?: object
  readonly title?: string
  readonly rowsPerSheet?: number
}

async function written({ columns, lines, query = {}, title = 'Leads', rowsPerSheet }: Workbook) {
  const checked = exportQuerySchema.parse({ format: 'xlsx', ...query })
  if (checked.format !== 'xlsx') throw new Error('not a workbook')
  const plan = { columns, query: checked, context: { ...testContext, timeZone: 'Europe/Berlin' }, title }
  const tally: ExportTally = newTally()
  async function* batches() {
    yield lines.map((fields) => [...fields, '\\N'].join('\t'))
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of writeWorkbook(batches(), plan, checked, tally, rowsPerSheet)) chunks.push(chunk)
  const { sheets } = await readXlsx(Buffer.concat(chunks), { readStyles: true })
  return { sheets, tally }
}

it('begins another sheet, with the header, where one is full', async () => {
  const lines = ['1', '2', '3', '4', '5'].map((number) => [number])
  const { sheets, tally } = await written({ columns: [column('N', 'number')], lines, rowsPerSheet: 3 })
  expect(sheets.map(({ name, rows }) => ({ name, rows }))).toEqual([
    { name: 'Leads', rows: [['N'], [1], [2]] },
    { name: 'Leads_2', rows: [['N'], [3], [4]] },
    { name: 'Leads_3', rows: [['N'], [5]] },
  ])
  expect(tally.rows).toBe(5)
})

it('cuts no character in half where a text is longer than a cell', async () => {
  const text = `${'x'.repeat(32_766)}😀`
  const { sheets, tally } = await written({ columns: [column('Notes', 'long_text')], lines: [[text]] })
  expect(sheets[0]?.rows[1]).toEqual(['x'.repeat(32_766)])
  expect(tally.cutCells).toBe(1)
})

it('writes days that Excel does not know as text', async () => {
  const days = ['1899-12-31', '1900-02-28', '1900-03-01', '2026-01-07', '9999-12-31', '0001-01-01']
  const { sheets } = await written({ columns: [column('Day', 'date')], lines: days.map((day) => [day]) })
  const day = (iso: string) => new Date(`${iso}T00:00:00Z`)
  expect(sheets[0]?.rows.slice(1).flat()).toEqual([
    '1899-12-31',
    '1900-02-28',
    day('1900-03-01'),
    day('2026-01-07'),
    day('9999-12-31'),
    '0001-01-01',
  ])
})

it('writes formatted moments as clocks in the zone show them', async () => {
  const { sheets } = await written({
    columns: [column('At', 'datetime')],
    lines: [['2026-07-01 22:30:15+00'], ['1899-01-01 00:00:00+00']],
    query: { values: 'formatted' },
  })
  expect(sheets[0]?.rows.slice(1).flat()).toEqual([new Date('2026-07-02T00:30:15Z'), 'Jan 1, 1899, 1:00 AM'])
})

it('keeps what is text as text, and cuts what no cell of Excel holds', async () => {
  const texts = ['=1+1', '_x0041_', '0049', '  spaces  ', 'x'.repeat(40_000)]
  const { sheets, tally } = await written({ columns: [column('T', 'long_text')], lines: texts.map((text) => [text]) })
  expect(sheets[0]?.rows.slice(1).flat()).toEqual([...texts.slice(0, 4), 'x'.repeat(32_767)])
  expect(tally.cutCells).toBe(1)
})

it.each([
  ['A [draft]: 1/2?', 'A draft 1 2'],
  ['Leads of all the regions – those to call', 'Leads of all the regions – thos'],
  ["'quoted'", 'quoted'],
  ['History', 'Rows'],
  ['???', 'Rows'],
])('calls the sheet of “%s” “%s”', async (title, name) => {
  const { sheets } = await written({ columns: [column('N', 'number')], lines: [['1']], title })
  expect(sheets[0]?.name).toBe(name)
})
