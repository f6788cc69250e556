import {
  type CellEditor,
  type CellEditorProps,
  GridProvider,
  GridView,
  memoryRows,
  type RowSource,
} from '@opslayer/react/grid'
import { lazy, useState } from 'react'
import { mixedColumns, mixedRows } from './mixed-rows.ts'
import type { SceneProps } from './scene-props.ts'

declare global {
  interface Window {
    /** What a test lets come: the rows, and the code of an editor. */
    late: { sendRows(): void; sendEditor(): void; addRow(): void }
  }
}

/** Rows of memory that are not there until they are sent. `loads=fail` lets the first attempt to load or to sum them up fail. */
function lateRows(rows: ReturnType<typeof memoryRows>, isFailing: boolean) {
  let isHere = false
  let [failures, summaryFailures] = isFailing ? [1, 1] : [0, 0]
  const listeners = new Set<Parameters<RowSource['subscribe']>[0]>()
  const arrival = Promise.withResolvers<void>()
  const addition = Promise.withResolvers<void>()
  const source: RowSource = {
    get count() {
      return rows.count
    },
    row: (index) => (isHere ? rows.row(index) : undefined),
    indexOf: (id) => (isHere ? rows.indexOf(id) : undefined),
    show: () => {},
    subscribe(listener) {
      listeners.add(listener)
      const end = rows.subscribe(listener)
      return () => {
        listeners.delete(listener)
        end()
      }
    },
    async load(first, last) {
      if (failures-- > 0) throw new Error('The server is away.')
      await arrival.promise
      return await rows.load(first, last)
    },
    write: rows.write,
    async summarise(...asked) {
      if (summaryFailures-- > 0 || rows.summarise === undefined) throw new Error('The server is away.')
      return await rows.summarise(...asked)
    },
    async append(added) {
      await addition.promise
      return await rows.append(added)
    },
  }
  return {
    source,
    addRow: addition.resolve,
    sendRows() {
      isHere = true
      arrival.resolve()
      for (const listener of listeners) listener({ kind: 'rows', first: 0, last: rows.count - 1, isNew: true })
    },
  }
}

/** A field, as hosts write one. */
function LateEditor({ column, value, typed, commit }: CellEditorProps) {
  return (
    <input
      className="ops-editor-input late"
      aria-label={column.name}
      ref={(field) => field?.focus()}
      defaultValue={typed ?? String(value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') commit(currentTarget.value, 'down')
      }}
    />
  )
}

function makeScene(query: URLSearchParams) {
  const columns = mixedColumns(12)
  const rows = memoryRows(mixedRows(50, columns))
  const { source, ...sends } = lateRows(rows, query.get('loads') === 'fail')
  const code = Promise.withResolvers<void>()
  window.scene = { rows, notices: [], opened: [], columns }
  window.late = { ...sends, sendEditor: code.resolve }
  if (query.has('rows-here')) sends.sendRows()
  const component = lazy(async () => {
    await code.promise
    return { default: LateEditor }
  })
  return { source, columns, editors: { email: { kind: 'component', component } } satisfies Record<string, CellEditor> }
}

let made: ReturnType<typeof makeScene> | undefined

const summaries = { functions: { col_4: 'sum' } } as const

/** Rows, an editor of the column Email, and an added row that come when the test says so, by `window.late`. */
export function Late({ query }: SceneProps) {
  const [scene] = useState(() => {
    made ??= makeScene(query)
    return made
  })
  return (
    <GridProvider cellEditors={scene.editors}>
      <GridView
        label="Late"
        source={scene.source}
        columns={scene.columns}
        summaries={summaries}
        onNotice={({ text }) => window.scene.notices.push(text)}
        onOpenRow={(id) => window.scene.opened.push(id)}
      />
    </GridProvider>
  )
}
