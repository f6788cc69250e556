import 'react-data-grid/lib/styles.css'
import { useState } from 'react'
import { type Column, DataGrid, renderTextEditor } from 'react-data-grid'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

interface Row {
  readonly index: number
  /** What the editor writes, by column id. */
  readonly [columnId: string]: unknown
}

function ReactDataGrid({ data }: { readonly data: BenchData }) {
  const [rows, setRows] = useState((): readonly Row[] => data.records.map((_, index) => ({ index })))
  return (
    <DataGrid
      style={{ height: '100%' }}
      onRowsChange={(next, { indexes, column }) => {
        for (const index of indexes) data.write(index, column.idx, String(next[index]?.[column.key]))
        setRows(next)
      }}
      rowHeight={36}
      headerRowHeight={36}
      rows={rows}
      columns={data.columns.map(
        ({ id, name, width = 120 }, place): Column<Row> => ({
          key: id,
          name,
          width,
          frozen: place === 0,
          renderCell: ({ row }) => data.text(row.index, place),
          renderEditCell: renderTextEditor<Row, unknown>,
        }),
      )}
    />
  )
}

export const contender: Contender = {
  scroller: '.rdg',
  mark: () => {
    const cell = document.querySelector('[role="gridcell"][aria-selected="true"]')
    return `${cell?.parentElement?.getAttribute('aria-rowindex')} ${cell?.getAttribute('aria-colindex')}`
  },
  render: (data) => <ReactDataGrid data={data} />,
}
