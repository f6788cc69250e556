import 'react-data-grid/lib/styles.css'
import { type Column, DataGrid, renderTextEditor } from 'react-data-grid'
import type { Contender } from '../contender.ts'

export const contender: Contender = {
  scroller: '.rdg',
  render: (data) => (
    <DataGrid
      style={{ height: '100%' }}
      rowHeight={36}
      headerRowHeight={36}
      rows={data.records.map((_, index) => ({ index }))}
      columns={data.columns.map(
        ({ id, name, width = 120 }, place): Column<{ index: number }> => ({
          key: id,
          name,
          width,
          frozen: place === 0,
          renderCell: ({ row }) => data.text(row.index, place),
          renderEditCell: renderTextEditor<{ index: number }, unknown>,
        }),
      )}
    />
  ),
}
