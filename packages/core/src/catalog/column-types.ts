import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyColumnType } from '../values/column-type.ts'

/** The column types that a host has: the built-in ones, its own and its plugins'. */
export interface ColumnTypes {
  /** @throws OpsError `INVALID_INPUT` naming the types there are */
  get(id: string): AnyColumnType
  /** The type of a column that is there. @throws OpsError `UNSUPPORTED` if the host no longer gives it */
  ofColumn(column: { readonly name: string; readonly type: string }): AnyColumnType
  has(id: string): boolean
  all(): readonly AnyColumnType[]
}

/** @throws OpsError `INVALID_INPUT` if two types have one id */
export function columnTypesWith(own: readonly AnyColumnType[]): ColumnTypes {
  const byId = new Map<string, AnyColumnType>()
  for (const type of [...Object.values(builtInColumnTypes), ...own]) {
    if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(type.id)) {
      throw new OpsError('INVALID_INPUT', `Column type id "${type.id}" is not lower-case words joined by "_".`)
    }
    if (byId.has(type.id))
      throw new OpsError('INVALID_INPUT', `Two column types have the id "${type.id}". Rename yours.`)
    byId.set(type.id, type)
  }
  return {
    get: (id) => {
      const type = byId.get(id)
      if (type !== undefined) return type
      throw new OpsError(
        'INVALID_INPUT',
        say('There is no column type "{type}".{~hint}', { type: id.slice(0, 60), hint: nearest(id, [...byId.keys()]) }),
        { path: ['type'] },
      )
    },
    ofColumn: ({ name, type: id }) => {
      const type = byId.get(id)
      if (type !== undefined) return type
      throw new OpsError(
        'UNSUPPORTED',
        say(
          'Column "{column}" is of the type "{type}", which this host does not have. Add it to `columnTypes` again.',
          {
            column: name,
            type: id,
          },
        ),
      )
    },
    has: (id) => byId.has(id),
    all: () => [...byId.values()],
  }
}
