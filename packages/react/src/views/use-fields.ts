import { useMemo } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { ViewDefinition } from '../data/client/views-calls.ts'
import { type ArrangedColumn, arrangedColumns, withColumn } from './view-columns.ts'

export interface FieldsOptions {
  readonly columns: readonly TableColumn[]
  readonly value: Pick<ViewDefinition, 'columns' | 'pinned'>
  onChange(changes: Partial<Pick<ViewDefinition, 'columns' | 'pinned'>>): void
}

/** Which columns a view shows, in which order, and how many stay in sight, with everything that can be done to that. */
export interface Fields {
  /** All columns in the view's order. */
  readonly fields: readonly ArrangedColumn[]
  /** Columns that stay in sight at the beginning. */
  readonly frozen: number
  /** Those whose name has the text in it. */
  search(text: string): readonly ArrangedColumn[]
  show(columnId: string, isVisible: boolean): void
  showAll(): void
  /** All but the first. */
  hideOthers(): void
  arrange(fields: readonly ArrangedColumn[]): void
  freeze(count: number): void
}

/** The fields of a view, without looks. */
export function useFields({ columns, value, onChange }: FieldsOptions): Fields {
  return useMemo((): Fields => {
    const fields = arrangedColumns(columns, value)
    const showWhere = (isVisible: (field: ArrangedColumn) => boolean) =>
      onChange({ columns: fields.map((field) => ({ ...field.entry, visible: isVisible(field) })) })
    return {
      fields,
      frozen: value.pinned.left,
      search: (text) => fields.filter(({ column }) => column.name.toLowerCase().includes(text.trim().toLowerCase())),
      show: (columnId, visible) => onChange(withColumn(columns, value, columnId, { visible })),
      showAll: () => showWhere(() => true),
      hideOthers: () => showWhere((field) => field === fields[0]),
      arrange: (moved) => onChange({ columns: moved.map(({ entry }) => entry) }),
      freeze: (left) => onChange({ pinned: { ...value.pinned, left } }),
    }
  }, [columns, value, onChange])
}
