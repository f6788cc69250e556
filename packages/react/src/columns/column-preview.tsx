import type { Json } from '@opslayer/core/values'
import { CellSample } from '../cells/cell-sample.tsx'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useFirstRows } from '../formula/use-formula-check.ts'
import { type ColumnTypes, columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'
import type { ColumnDraft } from './column-draft.ts'

export interface ColumnPreviewProps {
  readonly tableId: string
  readonly draft: ColumnDraft
  /** The column as it is, whose cells are shown. @default examples of the type are */
  readonly column?: TableColumn | undefined
}

/** How cells will look: those of the first three rows, or three examples. */
export function ColumnPreview({ tableId, draft, column }: ColumnPreviewProps) {
  const { translate, locale, timeZone } = useOpsContext()
  const words = useValueWords()
  const rows = useFirstRows(tableId).data
  const types = useColumnTypes()
  const type = columnTypeIn(types, draft.type)
  if (type === undefined) return null
  const checked = type.settings.safeParse(draft.settings)
  if (!checked.success) return null
  const context = { locale, timeZone, now: new Date() }
  const read = (input: unknown): Json | { readonly refused: string } => {
    const parsed = type.parse(input, checked.data, context)
    return parsed.ok ? parsed.value : { refused: parsed.reason }
  }
  const inputs =
    column === undefined || rows === undefined || rows.length === 0
      ? examplesOf(draft, checked.data, types)
      : rows.map(({ cells }): unknown => {
          const value = cells[column.key] ?? null
          const before = columnTypeIn(types, column.type)
          return value === null || column.type === draft.type ? value : (before?.toCsv(value, column.settings) ?? value)
        })
  if (inputs.length === 0) return null
  return (
    <section className="ops-preview" aria-label={translate('column.preview')}>
      <h3 className="ops-preview-title">{translate(column === undefined ? 'column.examples' : 'column.first-rows')}</h3>
      <div className="ops-sheet-frame">
        <div className="ops-sheet-head">{draft.name.trim() === '' ? words(type.label) : draft.name}</div>
        {inputs.map((input, place) => {
          const value = read(input)
          const isRefused = typeof value === 'object' && value !== null && 'refused' in value
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
            <div key={place} className="ops-sheet-cell">
              {isRefused ? (
                <span className="ops-result-error">{translate.said(String(value.refused))}</span>
              ) : (
                <CellSample type={draft.type} settings={checked.data} value={value as Json} />
              )}
            </div>
          )
        })}
      </div>
    </section>
  )
}

/** Three values of a type: its options, or the examples that its documentation has. */
function examplesOf({ type: id, settings }: ColumnDraft, checked: unknown, types: ColumnTypes): readonly unknown[] {
  const { options } = settings
  if (Array.isArray(options)) {
    const ids = options.slice(0, 3).map((option) => (option as { readonly id: string }).id)
    return id === 'tags' && ids.length > 1 ? [ids.slice(0, 2), [ids[0]]] : ids
  }
  const type = columnTypeIn(types, id)
  const context = { locale: 'en-US', timeZone: 'UTC', now: new Date() }
  const values = (type?.examples ?? []).flatMap((example) => {
    if (!('value' in example) || example.value === null) return []
    return type?.parse(example.value, checked, context).ok === true ? [example.value] : []
  })
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()].slice(0, 3)
}
