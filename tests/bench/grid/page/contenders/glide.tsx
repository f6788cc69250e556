import '@glideapps/glide-data-grid/dist/index.css'
import { DataEditor, type EditableGridCell, GridCellKind, type Item } from '@glideapps/glide-data-grid'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

function Glide({ data }: { readonly data: BenchData }) {
  return (
    <DataEditor
      width="100%"
      height="100%"
      columns={data.columns.map(({ id, name, width = 120 }) => ({ id, title: name, width }))}
      rows={data.rows.length}
      rowHeight={36}
      headerHeight={36}
      rowMarkers="number"
      freezeColumns={1}
      smoothScrollX
      smoothScrollY
      getCellContent={([column, row]: Item) => {
        const text = data.text(row, column)
        return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true } as const
      }}
      onCellEdited={([column, row]: Item, cell: EditableGridCell) => data.write(row, column, String(cell.data))}
    />
  )
}

export const contender: Contender = {
  scroller: '.dvn-scroller',
  isCanvas: true,
  render: (data) => <Glide data={data} />,
}
