import { type AnyColumnType, builtInColumnTypes } from '@opslayer/core/values'
import { createContext, useContext } from 'react'

/** Column types by id: the built-in ones, and the host's own. */
export type ColumnTypes = Readonly<Record<string, AnyColumnType>>

export const ColumnTypesContext = createContext<ColumnTypes>(builtInColumnTypes)

/** The column types that the front end knows. */
export function useColumnTypes(): ColumnTypes {
  return useContext(ColumnTypesContext)
}

/** @param own in the order of the palette; one may stand in for a built-in one of its id */
export function columnTypesWith(own: readonly AnyColumnType[]): ColumnTypes {
  return { ...builtInColumnTypes, ...Object.fromEntries(own.map((type) => [type.id, type])) }
}

/** Undefined for a type that is not known here. */
export function columnTypeIn(types: ColumnTypes, id: string): AnyColumnType | undefined {
  return Object.hasOwn(types, id) ? types[id] : undefined
}
