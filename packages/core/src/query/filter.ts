import * as z from 'zod'
import { isOpsError, type OpsErrorPath } from '../errors/ops-error.ts'
import type { Json } from '../values/json.ts'
import { type CellState, cellStates } from './cell-state.ts'
import { assertFilterBounds } from './filter-bounds.ts'
import { type QueryFaults, queryFaults } from './query-fault.ts'

/**
 * The one filter language: views, rules, conditional formatting, run conditions and the copilot all speak it. Plain
 * JSON.
 *
 * - An empty `and` is every row, an empty `or` no row. `not` is the set complement: what it wraps and what it does not
 *   wrap together are always all rows, empty cells included.
 * - `column` names a column by key, id or exact name; `op` is one of its type's operators.
 * - `state` asks for the state of a cell; `code` narrows it to one error code, or to several.
 * - `formula` is a formula that is true or false (docs/formulas.md); an error in it counts as false.
 * - `search` finds rows with a cell that holds the text, in the given or in all searchable columns.
 *
 * Bounds: 50 deep, 1,000 nodes, texts of 100,000 characters, lists of 10,000 values.
 *
 * @example
 * { and: [
 *   { column: 'stage', op: 'is_any_of', value: ['Won', 'Lost'] },
 *   { not: { column: 'email', state: ['failed', 'stale'], code: 'rate_limited' } },
 *   { search: 'acme' },
 * ] }
 */
export type Filter = GroupFilter | NotFilter | CellFilter | StateFilter | SearchFilter | FormulaFilter

export type GroupFilter = { readonly and: readonly Filter[] } | { readonly or: readonly Filter[] }
export interface NotFilter {
  readonly not: Filter
}
export interface CellFilter {
  readonly column: string
  readonly op: string
  readonly value?: Json | undefined
}
export interface StateFilter {
  readonly column: string
  readonly state: CellState | readonly CellState[]
  readonly code?: string | readonly string[] | undefined
}
export interface SearchFilter {
  readonly search: string
  readonly columns?: readonly string[] | undefined
}
/** Rows for which a formula is true: `@end < @start`. Indexes serve comparisons of a column with a constant. */
export interface FormulaFilter {
  readonly formula: string
}

const state = z.enum(Object.keys(cellStates) as [CellState, ...CellState[]])
const column = z.string().min(1).max(300)
const code = z.string().min(1).max(200)

const shapes = {
  and: z.strictObject({ and: z.array(z.unknown()) }),
  or: z.strictObject({ or: z.array(z.unknown()) }),
  not: z.strictObject({ not: z.unknown() }),
  op: z.strictObject({ column, op: z.string().min(1).max(100), value: z.unknown().optional() }),
  state: z.strictObject({
    column,
    state: z.union([state, z.array(state).min(1).max(20)]),
    code: z.union([code, z.array(code).min(1).max(100)]).optional(),
  }),
  formula: z.strictObject({ formula: z.string().max(100_000) }),
  search: z.strictObject({ search: z.string().max(1000), columns: z.array(column).max(400).optional() }),
}

/**
 * Reads a filter from JSON: shape and bounds, not yet whether it fits a table (that is `checkFilter`).
 *
 * @throws OpsError `INVALID_QUERY` with all faults as issues; `LIMIT_EXCEEDED` where a bound is crossed
 */
export function parseFilter(input: unknown, at: OpsErrorPath = ['filter']): Filter {
  assertFilterBounds(input, at)
  const faults = queryFaults()
  const filter = parseNode(input, at, faults)
  faults.throwIfAny()
  return filter
}

/** {@link parseFilter} as a zod schema, for the inputs of calls and for stored views. */
export const filterSchema: z.ZodType<Filter, Filter> = z.custom<Filter>().transform((input, context): Filter => {
  try {
    return parseFilter(input, [])
  } catch (error) {
    if (!isOpsError(error)) throw error
    for (const issue of error.issues) {
      context.addIssue({ code: 'custom', message: issue.message, path: [...issue.path], input })
    }
    return z.NEVER
  }
})

function parseNode(input: unknown, at: OpsErrorPath, faults: QueryFaults): Filter {
  const kind = (['and', 'or', 'not', 'op', 'state', 'search', 'formula'] as const).find((key) =>
    Object.hasOwn(Object(input), key),
  )
  if (kind === undefined) {
    faults.add(
      at,
      'A filter is one of { and }, { or }, { not }, { column, op, value }, { column, state }, { search }, { formula }.',
    )
    return { and: [] }
  }
  const parsed = shapes[kind].safeParse(input)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.add([...at, ...(issue.path as OpsErrorPath)], issue.message)
    return { and: [] }
  }
  const node = parsed.data
  if ('and' in node) return { and: node.and.map((part, i) => parseNode(part, [...at, 'and', i], faults)) }
  if ('or' in node) return { or: node.or.map((part, i) => parseNode(part, [...at, 'or', i], faults)) }
  if ('not' in node) return { not: parseNode(node.not, [...at, 'not'], faults) }
  return node as Filter
}
