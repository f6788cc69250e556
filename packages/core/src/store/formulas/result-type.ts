import type { ColumnTypes } from '../../catalog/column-types.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { formulaTypeOf } from '../../formula/formula-column.ts'
import { type FormulaType, isList, typeName } from '../../formula/formula-type.ts'
import { resultAs } from '../../formula/plan-formulas.ts'
import type { CheckedFormula } from '../../formula/typed-formula.ts'
import { say } from '../../sentences/say.ts'
import type { AnyColumnType } from '../../values/column-type.ts'

/** How the results of a formula are kept and shown. */
export interface ResultType {
  readonly columnType: AnyColumnType
  /** Type of the results once they are as the column keeps them. */
  readonly type: FormulaType
}

/**
 * The column type of a formula's results: the one asked for, if they can be kept so, or their own.
 *
 * @throws OpsError `INVALID_INPUT` naming the types that fit
 */
export function resultType(checked: CheckedFormula, asked: string | undefined, types: ColumnTypes): ResultType {
  const own = ownType(checked.type)
  const columnType = types.get(asked ?? own)
  const type = asked === undefined || asked === own ? resultOf(checked.type) : keptAs(checked, columnType)
  if (type !== null) return { columnType, type }
  const fitting = types.all().filter((each) => each.id === own || keptAs(checked, each) !== null)
  throw new OpsError(
    'INVALID_INPUT',
    say('The formula gives {~gives}, which a column of type {type} does not hold. These fit: {types}.', {
      gives: typeName(checked.type),
      type: columnType.label,
      types: fitting.map(({ id }) => id).join(', '),
    }),
    { path: ['type'] },
  )
}

/** A formula that never gives anything is kept as text. */
function resultOf(type: FormulaType): FormulaType {
  return type === 'blank' ? 'text' : type
}

function ownType(type: FormulaType): string {
  if (isList(type)) return type === 'list<text>' ? 'list' : 'json'
  switch (type) {
    case 'boolean':
      return 'checkbox'
    case 'blank':
      return 'text'
    case 'text':
    case 'number':
    case 'date':
    case 'datetime':
    case 'duration':
    case 'json':
      return type
    default:
      return type satisfies never
  }
}

/** Cells of a column with options hold ids, which formulas do not know. */
function keptAs(checked: CheckedFormula, columnType: AnyColumnType): FormulaType | null {
  const isPlain = columnType.sort !== 'option-order' && (columnType.storage !== 'jsonb' || columnType.id === 'json')
  const type = formulaTypeOf(columnType)
  return isPlain && resultAs(checked, type) !== null ? type : null
}
