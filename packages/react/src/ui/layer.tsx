import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { Direction, useDirection } from './direction.tsx'
import { followSight } from './follow-sight.ts'
import { createNoticeQueue, NoticesContext } from './notice-queue.ts'
import { useIsRtl } from './use-is-rtl.ts'

const LayerContext = createContext<HTMLElement | null | undefined>(undefined)

export interface Floating {
  /** Where it stands; null until that is there, undefined to let it stand where the library puts it. */
  readonly container: HTMLElement | null | undefined
  readonly className: string
  readonly dir: 'ltr' | 'rtl'
}

/** What the portal of something that floats over the page takes: its place and the direction of what opened it. */
export function useFloating(): Floating {
  return { container: useContext(LayerContext), className: 'ops-root', dir: useDirection() }
}

/**
 * Makes room beside its children for what floats over the page, so that menus and dialogs have the theme and the
 * variables that the host set around them, and takes their notices. `OpsProvider` has one.
 */
export function Layer({ children }: { readonly children?: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [notices] = useState(createNoticeQueue)
  const [isRtl, directionMark] = useIsRtl()
  useEffect(() => (element === null ? undefined : followSight(element)), [element])
  return (
    <Direction isRtl={isRtl}>
      <LayerContext.Provider value={element}>
        <NoticesContext.Provider value={notices}>{children}</NoticesContext.Provider>
        <div ref={setElement} className="ops-root ops-layer">
          <i ref={directionMark} className="ops-direction" />
        </div>
      </LayerContext.Provider>
    </Direction>
  )
}

/** Inside of something that floats already, what floats over that stands beside it. */
export function FloatingContent({ children }: { readonly children?: ReactNode }) {
  return <LayerContext.Provider value={undefined}>{children}</LayerContext.Provider>
}
