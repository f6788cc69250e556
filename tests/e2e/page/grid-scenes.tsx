import {
  type CellContent,
  type GridColumn,
  GridProvider,
  type GridRow,
  GridView,
  type LiveCellProps,
  memoryRows,
  type RowGroup,
  type RowSource,
  type SummaryFunctions,
} from '@opslayer/react/grid'
import { useState } from 'react'
import { mixedColumns, mixedRow, mixedRows } from './mixed-rows.ts'
import { directionOf, type SceneProps } from './scene-props.ts'

declare global {
  interface Window {
    /** What tests look at: the rows as they are now, and what the grid said. */
    scene: { rows: ReturnType<typeof memoryRows>; notices: string[]; opened: string[]; columns: readonly GridColumn[] }
  }
}

const summaries: SummaryFunctions = {
  functions: { col_3: 'distribution', col_4: 'sum', col_9: 'avg' },
  allRows: 500_000,
  onChoose: (columnId, aggregate) => window.scene.notices.push(`${columnId}: ${aggregate}`),
}

/** Columns as wide as the query says, if it does. */
function withWidth(columns: readonly GridColumn[], query: URLSearchParams): readonly GridColumn[] {
  return query.has('width') ? columns.map((column) => ({ ...column, width: Number(query.get('width')) })) : columns
}

/** Rows of every type. `rows`, `columns`, `width`, `density`, `direction`, `pin-end` and `footer` change it. */
export function Mixed({ query }: SceneProps) {
  const [scene] = useState(() => {
    const columns = withWidth(mixedColumns(Number(query.get('columns') ?? 30)), query).map((column, i) =>
      query.has('pin-end') && i === 9 ? { ...column, pinned: 'end' as const } : column,
    )
    const rows = memoryRows(mixedRows(Number(query.get('rows') ?? 5_000), columns))
    window.scene ??= { rows, notices: [], opened: [], columns }
    return window.scene
  })
  const [columns, setColumns] = useState(scene.columns)
  return (
    <GridView
      label="Contacts"
      source={scene.rows}
      columns={columns}
      onColumnsChange={(next) => {
        scene.columns = next
        setColumns(next)
      }}
      density={(query.get('density') as 'compact' | 'normal' | 'tall' | null) ?? 'normal'}
      {...directionOf(query)}
      onNotice={({ text }) => scene.notices.push(text)}
      onOpenRow={(id) => scene.opened.push(id)}
      onAddColumn={() => scene.notices.push('add column')}
      marks={{ col_4: { sorted: 'desc' }, col_3: { isFiltered: true } }}
      {...(query.has('footer') && { summaries })}
    />
  )
}

/** Rows in groups of two levels; with `tinted` every row is coloured. */
export function Grouped({ query }: SceneProps) {
  const [scene] = useState(() => {
    const columns = mixedColumns(20)
    const all = mixedRows(2_000, columns).map((row) =>
      query.has('tinted') ? { ...row, formats: { row: { tint: 'green' as const } } } : row,
    )
    const stage = (row: (typeof all)[number]) => String(row.cells.stage)
    const industry = (row: (typeof all)[number]) => String(row.cells.industry)
    all.sort((a, b) => stage(a).localeCompare(stage(b)) || industry(a).localeCompare(industry(b)))
    const groups: RowGroup[] = []
    for (const [stageId, inStage] of Map.groupBy(all, stage)) {
      const sum = (rows: typeof all) => ({
        amount: { aggregate: 'sum' as const, value: rows.reduce((px, row) => px + Number(row.cells.amount), 0) },
      })
      groups.push({ path: [stageId], columnKey: 'stage', count: inStage.length, aggregates: sum(inStage) })
      for (const [industryId, inBoth] of Map.groupBy(inStage, industry)) {
        groups.push({
          path: [stageId, industryId],
          columnKey: 'industry',
          count: inBoth.length,
          aggregates: sum(inBoth),
        })
      }
    }
    window.scene ??= { rows: memoryRows(all, { groups }), notices: [], opened: [], columns }
    return window.scene
  })
  return (
    <GridView
      label="Deals by stage"
      source={scene.rows}
      columns={scene.columns}
      summaries={summaries}
      {...directionOf(query)}
    />
  )
}

/** Computed cells in every state, texts that do not fit, and formats. */
export function States({ query }: SceneProps) {
  const [scene] = useState(() => {
    const columns = withWidth(mixedColumns(12), query)
    const states = ['queued', 'running', 'done', 'failed', 'skipped', 'stale'] as const
    const rows = mixedRows(60, columns).map((row, n) => {
      const state = states[n % states.length] ?? 'done'
      const reason = state === 'failed' ? 'Mailbox not found' : state === 'skipped' ? 'No e-mail' : undefined
      return {
        ...row,
        statuses: {
          email: { state, reason },
          industry: { state: states[(n + 3) % 6] ?? 'done', reason: 'Credit limit' },
        },
        ...(n % 7 === 3 && {
          cells: { ...row.cells, amount: null },
          warnings: { amount: { message: '“about 5k” is not an amount', original: 'about 5k' } },
        }),
        ...(n % 5 === 1 && { formats: { row: { tint: 'green' as const } } }),
        ...(n % 5 === 2 && {
          formats: {
            cells: { amount: { tint: 'red' as const, bold: true }, name: { text: 'violet' as const, strike: true } },
          },
        }),
      }
    })
    window.scene ??= { rows: memoryRows(rows), notices: [], opened: [], columns }
    return window.scene
  })
  const actions = (
    <button type="button" className="ops-icon-button" aria-label="Pause" onClick={() => scene.notices.push('pause')}>
      ⏸
    </button>
  )
  return (
    <GridView
      label="Enrichment"
      source={scene.rows}
      columns={scene.columns}
      marks={{ col_2: { progress: { share: 842 / 5_000, text: '842 / 5,000 · 3 failed', actions } } }}
      onOpenCell={({ rowId, columnId }) => scene.opened.push(`${rowId} ${columnId}`)}
    />
  )
}

/** 10,000,000 rows that are made when they are looked at. */
export function Endless() {
  const [scene] = useState(() => {
    const columns = mixedColumns(12)
    const made = new Map<number, GridRow>()
    const row = (index: number) => {
      const known = made.get(index) ?? mixedRow(index, columns)
      if (made.size > 2_000) made.clear()
      made.set(index, known)
      return known
    }
    const source: RowSource = {
      count: 10_000_000,
      row,
      indexOf: (id) => Number(id.slice(4)),
      show: () => {},
      subscribe: () => () => {},
      load: async (first, last) => Array.from({ length: last - first + 1 }, (_, i) => row(first + i)),
    }
    return { source, columns }
  })
  return <GridView label="Endless" source={scene.source} columns={scene.columns} />
}

const plainText = () => {
  const node = document.createTextNode('')
  return { node, write: ({ text }: CellContent) => node.replaceData(0, node.length, text) }
}

/** A kind of cell of the host's own, with a button in it. */
const liveKinds = {
  email: {
    id: 'mailer',
    create: plainText,
    live: ({ value }: LiveCellProps) => <button type="button">Write to {String(value)}</button>,
  },
}

export function Live() {
  const [scene] = useState(() => {
    const columns = mixedColumns(8)
    window.scene ??= { rows: memoryRows(mixedRows(2_000, columns)), notices: [], opened: [], columns }
    return window.scene
  })
  return (
    <GridProvider cellKinds={liveKinds}>
      <GridView label="Live" source={scene.rows} columns={scene.columns} />
    </GridProvider>
  )
}

export function Empty() {
  const [rows] = useState(() => memoryRows([]))
  return <GridView label="Empty" source={rows} columns={mixedColumns(6)} />
}
