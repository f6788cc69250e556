import type { ColumnReference } from './ast.ts'
import type { FormulaColumn } from './formula-column.ts'
import { type Outcome, outcomeOf } from './formula-fault.ts'
import { readTokens } from './lexer.ts'
import { resolveReference } from './resolve-reference.ts'

/** What of a column its references need. */
type Named = Pick<FormulaColumn, 'id' | 'key' | 'name'>

/**
 * A formula as it is stored: columns by id (`@<col_1>`; `@<{col_1}>` if it was written by name), all else as written.
 * So a column may be renamed, deleted and restored without a touch on the formula.
 */
export function storedSource(source: string, columns: readonly Named[]): Outcome<string> {
  return outcomeOf(() =>
    replaceReferences(source, (reference, span) => {
      const column = resolveReference(reference, columns, span)
      if (column === undefined) return null
      const byName = reference.by === 'name' || (reference.by === 'id' && reference.shownBy === 'name')
      return byName ? `@<{${column.id}}>` : `@<${column.id}>`
    }),
  )
}

/** A stored formula as people read and edit it; `#REF!` stands for columns that are gone. */
export function shownSource(stored: string, columns: readonly Named[]): string {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const shown = outcomeOf(() =>
    replaceReferences(stored, (reference) => {
      if (reference.by !== 'id') return null
      const column = byId.get(reference.text)
      if (column === undefined) return '#REF!'
      const isUnique = columns.every(({ id, name }) => id === column.id || !sameName(name, column.name))
      const byName = reference.shownBy === 'name' && isUnique && column.name !== ''
      return byName ? `@{${column.name.replaceAll('}', '}}')}}` : `@${column.key}`
    }),
  )
  return shown.ok ? shown.value : stored
}

/** Ids of the columns that a stored formula names, each once, whether they are still there or not. */
export function referencedColumns(stored: string): readonly string[] {
  const ids = new Set<string>()
  const read = outcomeOf(() => readTokens(stored))
  for (const token of read.ok ? read.value : []) {
    if (token.kind === 'column' && token.reference.by === 'id') ids.add(token.reference.text)
  }
  return [...ids]
}

/** A stored formula for a copy of its table, whose columns have ids of their own. */
export function withOtherIds(stored: string, ids: ReadonlyMap<string, string>): string {
  const moved = outcomeOf(() =>
    replaceReferences(stored, (reference) => {
      const id = reference.by === 'id' ? (ids.get(reference.text) ?? reference.text) : null
      if (id === null || reference.by !== 'id') return null
      return reference.shownBy === 'name' ? `@<{${id}}>` : `@<${id}>`
    }),
  )
  return moved.ok ? moved.value : stored
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function replaceReferences(
  source: string,
  replacement: (reference: ColumnReference, span: { readonly start: number; readonly end: number }) => string | null,
): string {
  let text = ''
  let end = 0
  for (const token of readTokens(source)) {
    if (token.kind !== 'column') continue
    const other = replacement(token.reference, token)
    if (other === null) continue
    text += source.slice(end, token.start) + other
    end = token.end
  }
  return text + source.slice(end)
}
