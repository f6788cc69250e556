import '@opslayer/react/styles.css'
import { type GridRow, GridView, memoryRows } from '@opslayer/react/grid'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

/** As the product shows a table: a pinned column, cells in every state, formats, a selection, and a footer. */
function source({ rows, noteWrite }: BenchData) {
  const memory = memoryRows(rows.map((row, n) => ({ ...row, ...looks(n) })))
  memory.subscribe(({ kind }) => {
    if (kind === 'rows') noteWrite()
  })
  return memory
}

const states = ['queued', 'running', 'done', 'failed', 'skipped', 'stale'] as const

/** What computed columns and rules of formatting add: on every twelfth row a state, on every tenth a format. */
function looks(n: number): Pick<GridRow, 'statuses' | 'formats'> {
  const state = states[(n / 12) % states.length]
  return {
    ...(n % 12 === 0 && state !== undefined && { statuses: { industry: { state, reason: 'No e-mail' } } }),
    ...(n % 10 === 3 && { formats: { cells: { amount: { tint: 'green' as const, bold: true } } } }),
  }
}

const summaries = { functions: { col_4: 'sum' as const, col_3: 'distribution' as const } }

export const contender: Contender = {
  scroller: '.ops-grid',
  mark: () => {
    const ring = document.querySelector<HTMLElement>('.ops-ring')
    return `${ring?.style.transform} ${ring?.parentElement?.className}`
  },
  render: (data) => <GridView label="rows" columns={data.columns} source={source(data)} summaries={summaries} />,
}
