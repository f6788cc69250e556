import { AllCommunityModule, ModuleRegistry } from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import type { Contender } from '../contender.ts'

ModuleRegistry.registerModules([AllCommunityModule])

export const contender: Contender = {
  scroller: '.ag-grid-viewport',
  mark: () => {
    const cell = document.querySelector('.ag-cell-focus')
    return `${cell?.closest('[row-index]')?.getAttribute('row-index')} ${cell?.getAttribute('col-id')}`
  },
  render: (data) => (
    <AgGridReact
      rowHeight={36}
      headerHeight={36}
      rowData={data.records.map((_, index) => ({ index }))}
      columnDefs={data.columns.map(({ id, name, width = 120 }, place) => ({
        colId: id,
        headerName: name,
        width,
        editable: true,
        ...(place === 0 && { pinned: 'left' as const }),
        valueGetter: ({ data: row }: { data?: { index: number } | undefined }) => data.text(row?.index ?? 0, place),
        valueSetter: ({ data: row, newValue }: { data?: { index: number } | undefined; newValue: unknown }) => {
          data.write(row?.index ?? 0, place, String(newValue))
          return true
        },
      }))}
    />
  ),
}
