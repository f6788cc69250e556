import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { BenchData } from '../bench-data.ts'
import type { Contender } from '../contender.ts'

/** What people write first with TanStack Virtual: absolute cells, React for every row. No keyboard, no editing. */
function Bare({ data }: { readonly data: BenchData }) {
  const root = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: data.rows.length,
    getScrollElement: () => root.current,
    estimateSize: () => 36,
    overscan: 5,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: data.columns.length,
    getScrollElement: () => root.current,
    estimateSize: (place) => data.columns[place]?.width ?? 120,
    overscan: 1,
  })
  return (
    <div ref={root} className="bare" style={{ height: '100%', overflow: 'auto', font: '13px system-ui' }}>
      <div style={{ position: 'relative', height: rows.getTotalSize(), width: columns.getTotalSize() }}>
        {rows.getVirtualItems().map((row) =>
          columns.getVirtualItems().map((column) => (
            <div
              key={`${row.index}-${column.index}`}
              className="bare-cell"
              style={{
                position: 'absolute',
                top: row.start,
                left: column.start,
                width: column.size,
                height: 36,
                overflow: 'hidden',
                whiteSpace: 'nowrap',
                textOverflow: 'ellipsis',
                border: '1px solid #eee',
              }}
            >
              {data.text(row.index, column.index)}
            </div>
          )),
        )}
      </div>
    </div>
  )
}

export const contender: Contender = { scroller: '.bare', isReadOnly: true, render: (data) => <Bare data={data} /> }
