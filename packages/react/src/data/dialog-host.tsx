import { createContext, type ReactNode, Suspense, useContext, useMemo, useRef, useState } from 'react'
import type { Dialogs } from './registries.ts'

/** Opens dialogs from anywhere, by id. */
export interface DialogOpener {
  /** Does nothing for an id that nobody has registered. */
  open(id: string, props?: object): void
  /** Whether there is a dialog of that id; what would open it is left out otherwise. */
  has(id: string): boolean
}

const OpenerContext = createContext<DialogOpener>({ open: () => {}, has: () => false })

export function useDialogs(): DialogOpener {
  return useContext(OpenerContext)
}

interface Opened {
  readonly key: number
  readonly id: string
  readonly props: object
  readonly isOpen: boolean
}

export interface DialogHostProps {
  readonly dialogs: Dialogs
  readonly children?: ReactNode
}

/** Where dialogs that were opened by id stand. A closed one stays until the next is opened, so that it can fade. */
export function DialogHost({ dialogs, children }: DialogHostProps) {
  const [opened, setOpened] = useState<readonly Opened[]>([])
  const count = useRef(0)
  const opener = useMemo(
    (): DialogOpener => ({
      open(id, props = {}) {
        count.current += 1
        const next = { key: count.current, id, props, isOpen: true }
        setOpened((all) => [...all.filter(({ isOpen }) => isOpen), next])
      },
      has: (id) => Object.hasOwn(dialogs, id),
    }),
    [dialogs],
  )
  return (
    <OpenerContext.Provider value={opener}>
      {children}
      <Suspense>
        {opened.map(({ key, id, props, isOpen }) => {
          const Dialog = Object.hasOwn(dialogs, id) ? dialogs[id] : undefined
          if (Dialog === undefined) return null
          const setOpen = (next: boolean) =>
            setOpened((all) => all.map((each) => (each.key === key ? { ...each, isOpen: next } : each)))
          return <Dialog key={key} {...props} open={isOpen} onOpenChange={setOpen} />
        })}
      </Suspense>
    </OpenerContext.Provider>
  )
}
