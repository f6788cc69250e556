import { sql } from 'kysely'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import { checkFormula } from '../../formula/check.ts'
import { compileFormulas } from '../../formula/compile-formulas.ts'
import { createEvaluator } from '../../formula/evaluate.ts'
import { typeName } from '../../formula/formula-type.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { storedSource } from '../../formula/references.ts'
import type { CheckedFormula } from '../../formula/typed-formula.ts'
import type { FormulaCondition, FormulaConditions } from '../../query/formula-condition.ts'
import type { QueryContext } from '../../query/query-table.ts'
import { say } from '../../sentences/say.ts'
import { momentOf } from './formula-write.ts'
import { impliedCondition } from './implied-condition.ts'
import { formulaColumn } from './table-formulas.ts'

/** Formulas that are true or false, as conditions of filters: of views, formats, bulk edits and runs. */
export function filterConditions(table: TableDefinition, functions: FunctionRegistry): FormulaConditions {
  return {
    read: (source, context) => {
      const columns = table.columns.map(formulaColumn)
      const checked = checkFormula(source, { columns, functions })
      const stored = storedSource(source, columns)
      if (!checked.ok || !stored.ok) {
        const faults = checked.ok ? (stored.ok ? [] : stored.faults) : checked.faults
        const [first] = faults
        return { fault: first?.message ?? '', start: first?.start ?? 0, end: first?.end ?? source.length }
      }
      const { type, lostColumns } = checked.value
      if (type !== 'boolean' || lostColumns.length > 0) {
        const fault =
          type === 'boolean'
            ? say('A column that the condition uses was deleted.')
            : say('A condition is true or false, as in @score > 80; this is {~type}.', { type: typeName(type) })
        return { fault, start: 0, end: source.length }
      }
      return conditionOf(table, stored.value, checked.value, context)
    },
  }
}

function conditionOf(
  table: TableDefinition,
  stored: string,
  formula: CheckedFormula,
  context: QueryContext,
): FormulaCondition {
  const moment = momentOf(context)
  const { over, results, cells } = compileFormulas([{ formula }], moment)
  const source = sql`(select ${sql.join(cells.map((cell) => sql`t.${sql.id(cell)} as ${sql.id(cell)}`))})`
  const evaluator = createEvaluator(formula)
  return {
    stored,
    implied: impliedCondition(table, formula),
    sql: sql<boolean>`coalesce((select ${results[0]?.value ?? sql`false`} from ${over(cells.length === 0 ? sql`(select)` : source)} as f), false)`,
    test: (row) => {
      const byId = Object.fromEntries(
        table.columns.map(({ id, key }) => [id, Object.hasOwn(row, key) ? row[key] : null]),
      )
      return evaluator.evaluate(byId, moment) === true
    },
  }
}
