import type { FillDefinition } from '../../catalog/fill-definition.ts'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { describeCycle, orderFormulas } from '../../formula/dependencies.ts'
import { referencedColumns, withOtherIds } from '../../formula/references.ts'
import type { Json } from '../../values/json.ts'

/** Ids of the columns that the inputs of a fill read, at once: formulas among them read on. */
export function inputColumns({ inputs }: Pick<FillDefinition, 'inputs'>): readonly string[] {
  const ids = Object.values(inputs).flatMap((source) => {
    if ('column' in source) return [source.column]
    return 'formula' in source ? referencedColumns(source.formula) : []
  })
  return [...new Set(ids)]
}

/** Ids of all columns that a fill names, those of its condition included. */
export function namedColumns(fill: FillDefinition): readonly string[] {
  const named = JSON.stringify(fill.condition).match(/col_[a-z0-9]{16}/g) ?? []
  return [...new Set([...inputColumns(fill), ...named])]
}

/** A fill for a copy of its table, whose columns have ids of their own. */
export function fillWithOtherIds(fill: FillDefinition, ids: ReadonlyMap<string, string>): FillDefinition {
  const inputs = Object.entries(fill.inputs).map(([key, source]) => {
    if ('column' in source) return [key, { column: ids.get(source.column) ?? source.column }] as const
    return [key, 'formula' in source ? { formula: withOtherIds(source.formula, ids) } : source] as const
  })
  const condition = JSON.stringify(fill.condition).replaceAll(/col_[a-z0-9]{16}/g, (id) => ids.get(id) ?? id)
  return { ...fill, inputs: Object.fromEntries(inputs), condition: JSON.parse(condition) as Json }
}

/** A column with what its cells are made of. */
export type ReadingColumn = Pick<ColumnDefinition, 'id' | 'name' | 'fill'> & {
  readonly formula: { readonly source: string } | null
}

/** The sentence for a circle over formulas and fills; null for none. */
export function circleOf(columns: readonly ReadingColumn[]): string | null {
  const items = columns.flatMap(({ id, formula, fill }) => {
    if (formula !== null) return [{ id, reads: referencedColumns(formula.source) }]
    return fill === null ? [] : [{ id, reads: inputColumns(fill) }]
  })
  const ordered = orderFormulas(items)
  if (ordered.ok) return null
  return describeCycle(ordered.cycle, (id) => columns.find((column) => column.id === id)?.name ?? id)
}
