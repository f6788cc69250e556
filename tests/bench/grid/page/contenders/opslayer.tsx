import '@opslayer/react/styles.css'
import { GridView, memoryRows } from '@opslayer/react/grid'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

function source({ rows, noteWrite }: BenchData) {
  const memory = memoryRows(rows)
  memory.subscribe(({ kind }) => {
    if (kind === 'rows') noteWrite()
  })
  return memory
}

/** As the product shows a table: a pinned column, cells in every state, formats, and a footer. */
const summaries = { functions: { col_4: 'sum' as const, col_3: 'distribution' as const } }

export const contender: Contender = {
  scroller: '.ops-grid',
  mark: () => {
    const ring = document.querySelector<HTMLElement>('.ops-ring')
    return `${ring?.style.transform} ${ring?.parentElement?.className}`
  },
  render: (data) => <GridView label="rows" columns={data.columns} source={source(data)} summaries={summaries} />,
}
