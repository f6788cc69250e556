import * as z from 'zod'
import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { excerpt, queryFaults } from './query-fault.ts'
import type { QueryColumn, QueryTable } from './query-table.ts'
import { resolveColumn } from './resolve-column.ts'

/**
 * An order of rows. Empty cells come last in both directions; rows that are equal in all sorts follow in the order of
 * their making, in the direction of the first sort.
 */
export interface Sort {
  /** Key, id or exact name. */
  readonly column: string
  /** @default 'asc' */
  readonly dir?: SortDirection | undefined
  /**
   * True dictionary order of a language, for text: `de`, `sv`, `zh-Hant`. Without it text is ordered by our own key
   * (accents and case folded, digits by number). Uses no index, and the embedded database cannot do it.
   */
  readonly locale?: string | undefined
}

export type SortDirection = 'asc' | 'desc'

/** How many columns a query may be sorted by. */
const maxSorts = 5

const localePattern = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/

/** Shape of {@link Sort} lists; whether they fit a table is for {@link checkSort}. */
export const sortSchema: z.ZodType<readonly Sort[], readonly Sort[]> = z
  .array(
    z.strictObject({
      column: z.string().min(1).max(300),
      dir: z.enum(['asc', 'desc']).optional(),
      locale: z.string().regex(localePattern, 'Write a locale as “de”, “de-AT” or “zh-Hant”.').optional(),
    }),
  )
  .max(maxSorts, `Sort by at most ${maxSorts} columns.`)

/** A sort that was found to fit its table. */
export interface SortTerm {
  readonly column: QueryColumn
  readonly dir: SortDirection
  readonly locale: string | null
}

/** The terms of an order, most significant first; none means the rows' own order. */
export interface CheckedSort {
  readonly terms: readonly SortTerm[]
  /** What the rows' own order goes by. A cursor by ids is also one by positions, which begin as ids. */
  readonly own: '_id' | '_position'
}

/**
 * Reads a list of sorts and fits it to a table. `undefined` and `null` mean the rows' own order.
 *
 * @throws OpsError `INVALID_QUERY` with all faults as issues
 */
export function checkSort(input: unknown, table: QueryTable, at: OpsErrorPath = ['sort']): CheckedSort {
  const own = table.hasPlaces ? '_position' : '_id'
  if (input === undefined || input === null) return { terms: [], own }
  const faults = queryFaults()
  const parsed = sortSchema.safeParse(input)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.add([...at, ...(issue.path as OpsErrorPath)], issue.message)
    faults.throwIfAny()
    return { terms: [], own }
  }
  const terms: SortTerm[] = []
  for (const [i, sort] of parsed.data.entries()) {
    const column = resolveColumn(table, sort.column)
    if ('fault' in column) faults.add([...at, i, 'column'], column.fault)
    else if (column.type.sort === 'none') {
      faults.add(
        [...at, i, 'column'],
        say('{column} ({type}) cannot be sorted by.', { column: excerpt(column.name), type: column.type.label }),
      )
    } else if (terms.some((term) => term.column.id === column.id)) {
      faults.add([...at, i, 'column'], say('{column} is sorted by twice.', { column: excerpt(column.name) }))
    } else if (sort.locale !== undefined && column.type.storage !== 'text') {
      faults.add(
        [...at, i, 'locale'],
        say('{column} holds no text, so a locale does not apply.', { column: excerpt(column.name) }),
      )
    } else terms.push({ column, dir: sort.dir ?? 'asc', locale: sort.locale ?? null })
  }
  faults.throwIfAny()
  return { terms, own }
}
