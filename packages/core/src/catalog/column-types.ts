import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyColumnType, Storage } from '../values/column-type.ts'
import { missingType } from './missing-type.ts'

/** What the catalog keeps of a column's type. */
export interface StoredType {
  readonly type: string
  readonly storage: Storage
}

export interface KnownType {
  readonly columnType: AnyColumnType
  /** Why the cells can only be read, and what to do; null if they can be written. */
  readonly typeFault: string | null
}

/** The column types that a host has: the built-in ones, its own and its plugins'. */
export interface ColumnTypes {
  /** @throws OpsError `INVALID_INPUT` naming the types there are */
  get(id: string): AnyColumnType
  /** The type of a column that is there; what stands in for it where the host no longer gives it. */
  ofColumn(column: StoredType): KnownType
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
    ofColumn: ({ type: id, storage }) => {
      const type = byId.get(id)
      if (type === undefined) {
        const fault = say(
          'The type "{type}" is missing here, so its cells can only be read. Install it again, change the column to another type, or delete the column.',
          { type: id },
        )
        return { columnType: missingType(id, storage), typeFault: fault }
      }
      if (type.storage === storage) return { columnType: type, typeFault: null }
      const fault = say(
        'The type "{type}" keeps its cells in another way now, so those that are there can only be read. Install the version before it, change the column to another type, or delete the column.',
        { type: id },
      )
      return { columnType: missingType(id, storage), typeFault: fault }
    },
    has: (id) => byId.has(id),
    all: () => [...byId.values()],
  }
}
