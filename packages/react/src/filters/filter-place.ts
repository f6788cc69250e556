import { createContext, useContext } from 'react'
import type { FilterDraft } from './use-filter-draft.ts'

interface FilterPlaceValue {
  readonly tableId: string
  readonly filter: FilterDraft
}

export const FilterPlace = createContext<FilterPlaceValue | null>(null)

/** The filter that a part of the builder belongs to. */
export function useFilterPlace(): FilterPlaceValue {
  const place = useContext(FilterPlace)
  if (place === null) throw new Error('A part of the filter builder stands outside of it.')
  return place
}
