import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
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
  const opener = useMemo(
    (): DialogOpener => ({
      open(id, props = {}) {
        setOpened((all) => [...all.filter(({ isOpen }) => isOpen), { key: Date.now(), id, props, isOpen: true }])
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
