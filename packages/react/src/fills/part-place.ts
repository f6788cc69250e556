import { createContext, useContext } from 'react'
import type { OptionsAsked } from '../data/client/plugins-calls.ts'

/** Whose settings a form shows, for fields whose choices come from the vendor. */
export interface PartPlace extends Omit<OptionsAsked, 'field' | 'search'> {
  /** Whether the vendor can be asked: the plugin needs no connection, or has one. */
  readonly canAsk: boolean
}

const PlaceContext = createContext<PartPlace>({ plugin: '', kind: 'columnTypes', part: '', canAsk: false })

export const PartPlaceProvider = PlaceContext.Provider

export function usePartPlace(): PartPlace {
  return useContext(PlaceContext)
}
