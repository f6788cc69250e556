import { DirectionProvider } from '@base-ui/react/direction-provider'
import { createContext, type ReactNode, useContext } from 'react'

const DirectionContext = createContext<'ltr' | 'rtl'>('ltr')

/** The direction in which the controls around are read. */
export function useDirection(): 'ltr' | 'rtl' {
  return useContext(DirectionContext)
}

export interface DirectionProps {
  readonly isRtl: boolean
  readonly children?: ReactNode
}

/** Tells the controls in it, and what they open elsewhere on the page, in which direction they are read. */
export function Direction({ isRtl, children }: DirectionProps) {
  const direction = isRtl ? 'rtl' : 'ltr'
  return (
    <DirectionContext.Provider value={direction}>
      <DirectionProvider direction={direction}>{children}</DirectionProvider>
    </DirectionContext.Provider>
  )
}
