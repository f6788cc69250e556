import { type AnyColumnType, builtInColumnTypes, type Json } from '@opslayer/core/values'
import { useLayoutEffect, useRef } from 'react'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { CellKind, CellTemplate } from './cell-kind.ts'
import { fallbackCellKind } from './cell-kinds.ts'

export interface CellSampleProps {
  /** Id of the column type. */
  readonly type: string
  /** @default those of the type */
  readonly settings?: unknown
  readonly value: Json
}

/** A value outside of a grid, with the looks that it has in one. */
export function CellSample({ type: typeId, settings, value }: CellSampleProps) {
  const { cellKinds, locale, timeZone } = useOpsContext()
  const box = useRef<HTMLSpanElement>(null)
  const type: AnyColumnType = columnTypeIn(useColumnTypes(), typeId) ?? builtInColumnTypes.text
  const kind = cellKinds[typeId] ?? fallbackCellKind
  const made = useRef<{ readonly kind: CellKind; readonly template: CellTemplate } | null>(null)
  useLayoutEffect(() => {
    const checked = type.settings.safeParse(settings ?? {})
    const used: unknown = checked.success ? checked.data : type.settings.parse({})
    const context = { locale, timeZone, now: new Date() }
    const column: GridColumn = { id: typeId, key: typeId, name: type.label, type, settings: used }
    const isText = type.id !== typeId && typeof value !== 'string'
    const format = type.format as (value: Json, settings: unknown, given: typeof context) => string
    const text = value === null ? '' : isText ? String(value) : format(value, used, context)
    if (made.current?.kind !== kind) made.current = { kind, template: kind.create() }
    const { template } = made.current
    template.write({ text, value, column })
    if (template.node.parentNode !== box.current) box.current?.replaceChildren(template.node)
  })
  return <span ref={box} className={`ops-sample ops-cell-${kind.id}`} />
}
