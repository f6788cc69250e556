import { createHash } from 'node:crypto'
import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { isBindable } from './bind-value.ts'
import { optionsOf } from './column-options.ts'
import { orderKeys } from './order-key.ts'
import { queryFault } from './query-fault.ts'
import type { CheckedSort } from './sort.ts'

/**
 * Where a page ended: the last row's place in its order. Opaque text (base64url) that holds the place itself, so it
 * stays good when the row is changed or deleted. It grants nothing: filters and rights are those of the next call.
 */
export interface Cursor {
  /** PostgreSQL's text of each sort key; null for an empty cell. */
  readonly values: readonly (string | null)[]
  readonly id: string
}

const version = 1
const maxLength = 3_000_000

/** Where the row lies in the order, as text for the caller to keep. `row` needs `_id` and the keys `_k1`, `_k2` … */
export function encodeCursor(
  sort: CheckedSort,
  row: { readonly [key: `_k${number}`]: unknown; readonly _id?: unknown },
): string {
  const values = orderKeys(sort).map((_, i) => {
    const value = row[`_k${i + 1}`]
    return value === null || value === undefined ? null : String(value)
  })
  return Buffer.from(JSON.stringify([version, signature(sort), values, String(row._id)])).toString('base64url')
}

/**
 * Reads a cursor back for the same sort.
 *
 * @throws OpsError `INVALID_QUERY` if it is no cursor or one of another sort
 */
export function decodeCursor(sort: CheckedSort, text: string, at: OpsErrorPath = ['after']): Cursor {
  const cursor = text.length <= maxLength && /^[\w-]+$/.test(text) ? parse(text) : null
  if (cursor === null) throw queryFault(at, say('This is no cursor of a page.'))
  if (cursor.signature !== signature(sort)) {
    throw queryFault(at, say('This cursor belongs to another sort; begin again at the first page.'))
  }
  const keys = orderKeys(sort)
  const fits =
    cursor.values.length === keys.length &&
    isBindable('bigint', cursor.id) &&
    keys.every((key, i) => {
      const value = cursor.values[i]
      return value === null ? !key.total : value !== undefined && isBindable(key.type, value)
    })
  if (!fits) throw queryFault(at, say('This is no cursor of a page.'))
  return { values: cursor.values, id: cursor.id }
}

function parse(text: string): (Cursor & { readonly signature: string }) | null {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== version) return null
  const [, sortSignature, values, id]: unknown[] = parts
  if (typeof sortSignature !== 'string' || typeof id !== 'string' || !Array.isArray(values)) return null
  if (!values.every((value) => value === null || typeof value === 'string')) return null
  return { signature: sortSignature, values, id }
}

/** Two sorts share a signature if they put the same rows in the same order. */
function signature(sort: CheckedSort): string {
  const parts = sort.terms.map(({ column, dir, locale }) => {
    const options = column.type.sort === 'option-order' ? optionsOf(column.settings).map((option) => option.id) : []
    return [column.id, column.values, dir, locale, options]
  })
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)
}
