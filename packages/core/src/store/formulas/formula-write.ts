import { type RawBuilder, sql } from 'kysely'
import { type CompiledFormulas, compileFormulas } from '../../formula/compile-formulas.ts'
import type { FormulaMoment } from '../../formula/formula-function.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { baseMark } from '../../query/formula-mark.ts'
import type { Storage, ValueContext } from '../../values/column-type.ts'
import { assignments, type CellSet } from '../cell-parameters.ts'
import type { KnownTable } from '../org-session.ts'
import { stateName } from '../physical-names.ts'
import { type TableFormula, tableFormulas } from './table-formulas.ts'

/** The part of a statement that computes formulas over the new values of the rows it writes. */
export interface FormulaWrite {
  /** Ids of the columns that it computes, in order. */
  readonly columnIds: readonly string[]
  /** Whether results depend on the time beside the row. */
  readonly usesTime: boolean
  /** How each result is kept. */
  readonly outputs: readonly { readonly storage: Storage }[]
  /** Physical names of the cells that {@link relation} reads of its source. */
  readonly cells: readonly string[]
  /**
   * The source's rows with their results, fenced where they are worth it.
   *
   * @param source a relation in brackets that gives {@link cells}
   * @param kept further columns of the source that are wanted
   */
  relation(source: RawBuilder<unknown>, kept: readonly string[]): RawBuilder<unknown>
  /** What to set of each row, over the relation under this alias. */
  sets(alias: string): readonly CellSet[]
}

/** What computing formulas takes beside the table. */
export type FormulaSurroundings = Pick<KnownTable, 'table' | 'context'> & { readonly functions: FunctionRegistry }

/** What a write that changes columns has to compute; null where no formula reads them. */
export function formulaWrite(
  { table, context, functions }: FormulaSurroundings,
  changed: Iterable<string> | 'all',
): FormulaWrite | null {
  const formulas = tableFormulas(table, functions).affected(changed)
  return formulas.length === 0 ? null : writeOf(formulas, momentOf(context))
}

export function momentOf({ now, timeZone }: ValueContext): FormulaMoment {
  return { now: now.getTime(), timeZone }
}

const writes = new WeakMap<readonly TableFormula[], FormulaWrite>()

/** @param formulas in the order in which they are computed; the same list gives the same write */
export function writeOf(formulas: readonly TableFormula[], moment: FormulaMoment): FormulaWrite {
  const known = writes.get(formulas)
  if (known !== undefined) return known
  const write = compiledWrite(formulas, compileFormulas(formulas, moment))
  if (!write.usesTime) writes.set(formulas, write)
  return write
}

function compiledWrite(
  formulas: readonly TableFormula[],
  { over, results, cells, light }: CompiledFormulas,
): FormulaWrite {
  const columns = results.flatMap(({ value, error }, place) => [
    sql`${value} as ${result(place)}`,
    sql`${error} as ${failure(place)}`,
  ])
  return {
    columnIds: formulas.map(({ id }) => id),
    usesTime: formulas.some(({ usesTime }) => usesTime),
    outputs: formulas.map(({ definition }) => ({ storage: definition.columnType.storage })),
    cells,
    relation: (source, kept) => {
      const passed = kept.map((name) => sql`${sql.id('f', name)}`)
      const fence = light ? sql`` : sql`offset 0`
      return sql`(select ${sql.join([...passed, ...columns])} from ${over(source, kept)} as f ${fence})`
    },
    sets: (alias) =>
      formulas.flatMap(({ definition }, place) => {
        const at = sql.id(alias)
        const mark = sql.lit(baseMark(definition.formula?.generation ?? 0))
        return [
          ...assignments(definition, sql`${at}.${result(place)}`),
          {
            name: sql.id(stateName(definition)),
            value: sql`(${mark} + coalesce(${at}.${failure(place)}, 0))::smallint`,
          },
        ]
      }),
  }
}

const result = (place: number): RawBuilder<unknown> => sql.id(`r${place}`)
const failure = (place: number): RawBuilder<unknown> => sql.id(`e${place}`)
