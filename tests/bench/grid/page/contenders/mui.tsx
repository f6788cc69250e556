import { DataGrid } from '@mui/x-data-grid'
import type { Contender } from '../contender.ts'

/** The free edition shows at most 100 rows at a time and pins no columns: its figures are those of a short table. */
export const contender: Contender = {
  scroller: '.MuiDataGrid-virtualScroller',
  mark: () => {
    const cell = document.activeElement
    return `${cell?.closest('[data-rowindex]')?.getAttribute('data-rowindex')} ${cell?.getAttribute('data-field')}`
  },
  render: (data) => (
    <DataGrid
      processRowUpdate={(row) => {
        data.noteWrite()
        return row
      }}
      rowHeight={36}
      columnHeaderHeight={36}
      rows={data.records.map((_, index) => ({ id: index }))}
      initialState={{ pagination: { paginationModel: { pageSize: 100, page: 0 } } }}
      columns={data.columns.map(({ key, name, width = 120 }, place) => ({
        field: key,
        headerName: name,
        width,
        editable: true,
        valueGetter: (_value: unknown, row: { id: number }) => data.text(row.id, place),
      }))}
    />
  ),
}
