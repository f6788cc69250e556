import '@glideapps/glide-data-grid/dist/index.css'
import { DataEditor, type EditableGridCell, type GridCell, GridCellKind, type Item } from '@glideapps/glide-data-grid'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

/** The kind of cell that Glide has for a column's type. */
function cellOf(data: BenchData, row: number, column: number): GridCell {
  const text = data.text(row, column)
  const definition = data.columns[column]
  const value = definition === undefined ? null : (data.records[row]?.[definition.key] ?? null)
  switch (definition?.type.id) {
    case 'status':
    case 'dropdown':
    case 'tags':
      return { kind: GridCellKind.Bubble, data: text === '' ? [] : text.split(', '), allowOverlay: true }
    case 'checkbox':
      return { kind: GridCellKind.Boolean, data: value === true, allowOverlay: false }
    case 'number':
    case 'currency':
    case 'percent':
      return { kind: GridCellKind.Number, data: Number(value), displayData: text, allowOverlay: true }
    case 'url':
    case 'linkedin':
      return { kind: GridCellKind.Uri, data: text, allowOverlay: true }
    default:
      return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true }
  }
}

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
      getCellContent={([column, row]: Item) => cellOf(data, row, column)}
      onCellEdited={([column, row]: Item, cell: EditableGridCell) => data.write(row, column, String(cell.data))}
    />
  )
}

export const contender: Contender = {
  scroller: '.dvn-scroller',
  isCanvas: true,
  render: (data) => <Glide data={data} />,
}
