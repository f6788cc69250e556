import type { Column } from '../catalog/table.ts'
import { optionsOf } from '../query/column-options.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import { type FormulaColumn, formulaTypeOf } from './formula-column.ts'
import type { FormulaType } from './formula-type.ts'

/** What of a table's column formulas look at. */
export type TableColumn = Pick<Column, 'id' | 'key' | 'name' | 'type' | 'settings' | 'formula'>

/**
 * The columns of a table as the checker and the evaluator take them, made of what `tables.get` gives: for previews in
 * the browser.
 *
 * @param types types beside the built-in ones; a column of an unknown type is left out
 */
export function columnsOfTable(
  columns: readonly TableColumn[],
  types: readonly AnyColumnType[] = [],
): readonly FormulaColumn[] {
  const known = new Map(
    [...Object.values(builtInColumnTypes), ...types].map((type): [string, AnyColumnType] => [type.id, type]),
  )
  return columns.flatMap(({ id, key, name, type: typeId, settings, formula }): FormulaColumn[] => {
    const type = known.get(typeId)
    if (type === undefined) return []
    const options = optionsOf(settings)
    return [
      {
        id,
        key,
        name,
        type: formula === null ? formulaTypeOf(type) : (formula.type as FormulaType),
        cell: '',
        ...((type.sort === 'option-order' || options.length > 0) && { options }),
      },
    ]
  })
}
