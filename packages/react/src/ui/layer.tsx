import { createContext, type ReactNode, useContext, useState } from 'react'
import { createNoticeQueue, NoticesContext } from './notice-queue.ts'

const LayerContext = createContext<HTMLElement | null | undefined>(undefined)

/** The element for what floats over the page; null until it is there, undefined to let it stand where the library puts it. */
export function useLayer(): HTMLElement | null | undefined {
  return useContext(LayerContext)
}

/**
 * Makes room beside its children for what floats over the page, so that menus and dialogs have the theme and the
 * variables that the host set around them, and takes their notices. `OpsProvider` has one.
 */
export function Layer({ children }: { readonly children?: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [notices] = useState(createNoticeQueue)
  return (
    <LayerContext.Provider value={element}>
      <NoticesContext.Provider value={notices}>{children}</NoticesContext.Provider>
      <div ref={setElement} className="ops-root ops-layer" />
    </LayerContext.Provider>
  )
}

/** Inside of something that floats already, what floats over that stands beside it. */
export function FloatingContent({ children }: { readonly children?: ReactNode }) {
  return <LayerContext.Provider value={undefined}>{children}</LayerContext.Provider>
}
