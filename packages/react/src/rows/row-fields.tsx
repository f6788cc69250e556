import type { Json } from '@opslayer/core/values'
import { Lock } from 'lucide'
import { Suspense, useState } from 'react'
import { CellSample } from '../cells/cell-sample.tsx'
import { columnIcons } from '../cells/column-icons.ts'
import { statusText } from '../cells/status-text.ts'
import { optionOf } from '../cells/tones.ts'
import type { TableRow } from '../data/client/rows-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useData } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { tableColumns } from '../data/table-columns.ts'
import { useMay } from '../data/use-may.ts'
import { useRowMutations } from '../data/use-rows.ts'
import { textEditor } from '../editors/cell-editors.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { RemoteRows } from '../grid-state/remote-rows.ts'
import { gridRow } from '../grid-state/served-row.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useNotices } from '../ui/notice-queue.ts'

export interface RowFieldsProps {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
  readonly row: TableRow
  readonly rows: RemoteRows | null
  /** Shows what happened to one field. */
  onHistory(columnId: string): void
}

/** All fields of a row, edited with the editors of the grid. */
export function RowFields({ tableId, columns, row, rows, onHistory }: RowFieldsProps) {
  const { translate } = useOpsContext()
  const { queryClient } = useData()
  const types = useColumnTypes()
  const notices = useNotices()
  const mutations = useRowMutations(tableId)
  const mayWrite = useMay('rows.write')
  const [edited, setEdited] = useState<string | null>(null)
  const key = queryKeys.rows(tableId, 'one', row.id)

  const write = async (column: GridColumn, value: Json) => {
    setEdited(null)
    queryClient.setQueryData(key, { ...row, cells: { ...row.cells, [column.key]: value } })
    try {
      const cells = { [column.key]: value }
      const [refused] =
        rows?.write !== undefined && rows.indexOf(row.id) !== undefined
          ? await rows.write([{ rowId: row.id, cells }])
          : (await mutations.update.mutateAsync([{ id: row.id, cells }])).errors.map(({ message }) => ({
              reason: message,
            }))
      if (refused !== undefined) notices.show({ kind: 'error', text: refused.reason })
    } catch (error) {
      notices.show({ kind: 'error', text: translate('write.failed', { reason: opsFault(error).message }) })
    } finally {
      await queryClient.invalidateQueries({ queryKey: key })
    }
  }
  return (
    <dl className="ops-row-fields">
      {tableColumns(
        columns.map((column) => ({ ...column, hidden: false })),
        types,
      ).map((column) => (
        <div key={column.id} className="ops-row-field">
          <dt>
            <button
              type="button"
              className="ops-row-label"
              title={translate('row.cell-history', { name: column.name })}
              onClick={() => onHistory(column.id)}
            >
              <Icon icon={columnIcons[column.type.id] ?? Lock} size={14} />
              <span>{column.name}</span>
            </button>
          </dt>
          <dd>
            <FieldValue
              column={column}
              row={row}
              isEdited={edited === column.id}
              canEdit={mayWrite && column.editable !== false}
              onEdit={() => setEdited(column.id)}
              onCancel={() => setEdited(null)}
              onCommit={(value) => void write(column, value)}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface FieldValueProps {
  readonly column: GridColumn
  readonly row: TableRow
  readonly isEdited: boolean
  readonly canEdit: boolean
  onEdit(): void
  onCancel(): void
  onCommit(value: Json): void
}

function FieldValue({ column, row, isEdited, canEdit, onEdit, onCancel, onCommit }: FieldValueProps) {
  const ops = useOpsContext()
  const values = useValueContext()
  const value = row.cells[column.key] ?? null
  const editor = ops.cellEditors[column.type.id] ?? textEditor
  if (isEdited && editor.kind === 'component') {
    const Editor = editor.component
    return (
      <div className="ops-row-editor">
        <Suspense fallback={<ValueText column={column} row={row} />}>
          <Editor
            column={column}
            value={value}
            typed={null}
            original={row.warnings?.[column.key]?.original ?? null}
            values={values}
            translate={ops.translate}
            commit={onCommit}
            cancel={onCancel}
          />
        </Suspense>
      </div>
    )
  }
  if (editor.kind === 'toggle') {
    return (
      <input
        type="checkbox"
        className="ops-checkbox"
        aria-label={column.name}
        checked={value === true}
        disabled={!canEdit}
        onChange={() => onCommit(editor.next(value))}
      />
    )
  }
  const shown = <ValueText column={column} row={row} />
  if (!canEdit) return <div className="ops-row-value">{shown}</div>
  return (
    <button type="button" className="ops-row-value" onClick={onEdit}>
      <span className="ops-unseen">{ops.translate('row.edit', { name: column.name })}</span>
      {shown}
    </button>
  )
}

/** Types whose looks say more than their texts. */
const drawn: ReadonlySet<string> = new Set(['person', 'company', 'rating'])

function ValueText({ column, row }: Pick<FieldValueProps, 'column' | 'row'>) {
  const { translate } = useOpsContext()
  const values = useValueContext()
  const value = row.cells[column.key] ?? null
  const failure = row.errors?.[column.key]?.message ?? row.warnings?.[column.key]?.message
  if (failure !== undefined) return <span className="ops-row-failure">{translate.said(failure)}</span>
  const status = gridRow(row).statuses?.[column.key]
  if (value === null && (status?.state === 'failed' || status?.state === 'skipped')) {
    const looks = status.state === 'failed' ? 'ops-row-failure' : 'ops-row-empty'
    return <span className={looks}>{statusText(status, translate)}</span>
  }
  if (value === null) return <span className="ops-row-empty">{translate('row.empty')}</span>
  const settings = Object(column.settings) as { readonly options?: unknown }
  if (settings.options !== undefined) {
    const looks = column.type.id === 'status' ? 'ops-dot' : 'ops-pill'
    const ids = Array.isArray(value) ? value.map(String) : [String(value)]
    return (
      <span className="ops-row-pills">
        {ids.map((id) => {
          const option = optionOf(column.settings, id)
          return (
            <span key={id} className={`${looks} ops-tone-${option.color}`}>
              {option.name}
            </span>
          )
        })}
      </span>
    )
  }
  if (drawn.has(column.type.id)) return <CellSample type={column.type.id} settings={column.settings} value={value} />
  return <>{column.type.format(value, column.settings, values)}</>
}
