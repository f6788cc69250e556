import { nearest, nearestName } from '../errors/nearest.ts'
import { say } from '../sentences/say.ts'
import type { ColumnReference } from './ast.ts'
import { faultAt, type Span } from './formula-fault.ts'

interface Named {
  readonly id: string
  readonly key: string
  readonly name: string
}

/**
 * The column that a reference means; `undefined` for an id that is gone.
 *
 * @throws FaultSignal for a key or name that no column has, or that several have
 */
export function resolveReference<Column extends Named>(
  reference: ColumnReference,
  columns: readonly Column[],
  span: Span,
): Column | undefined {
  const { text } = reference
  switch (reference.by) {
    case 'id':
      return columns.find(({ id }) => id === text)
    case 'key': {
      const found = columns.find(({ key }) => key === text) ?? columns.find(({ key }) => key === text.toLowerCase())
      return (
        found ??
        unknown(
          `@${text}`,
          text,
          columns,
          ({ key }) => key,
          (key) => `@${key}`,
          span,
        )
      )
    }
    case 'name': {
      const exact = columns.filter(({ name }) => name === text)
      const found = exact.length > 0 ? exact : columns.filter(({ name }) => name.toLowerCase() === text.toLowerCase())
      if (found.length > 1) {
        const keys = found.map(({ key }) => `@${key}`).join(', ')
        throw faultAt(
          span,
          say('There are several columns named “{name}”; write which one: {keys}.', { name: text, keys }),
        )
      }
      return found[0] ?? unknown(`@{${text}}`, text, columns, ({ name }) => name, writtenName, span)
    }
    default:
      return reference satisfies never
  }
}

function unknown(
  written: string,
  wrong: string,
  columns: readonly Named[],
  nameOf: (column: Named) => string,
  writtenAs: (name: string) => string,
  span: Span,
): never {
  const names = columns.map(nameOf)
  const meant = nearestName(wrong, names)
  const message = say('There is no column {column}.{~hint}', {
    column: written.slice(0, 80),
    hint: nearest(wrong, names),
  })
  throw faultAt(span, message, 'a column', meant === null ? null : writtenAs(meant))
}

/** A reference by name as the language writes it. */
function writtenName(name: string): string {
  return `@{${name.replaceAll('}', '}}')}}`
}
