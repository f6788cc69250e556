import { createContext, useContext } from 'react'

/** What the user is told in passing. */
export interface UserNotice {
  readonly kind: 'done' | 'info' | 'error'
  /** What happened: "Deleted 12 rows." */
  readonly text: string
  /** What to do about it. */
  readonly detail?: string
  /** What can be done about it at once, such as Undo. */
  readonly action?: { readonly label: string; run(): void }
}

/** Takes notices from anywhere; keeps them until somebody shows them. */
export interface NoticeQueue {
  show(notice: UserNotice): void
  /** @returns ends it */
  listen(listener: (notice: UserNotice) => void): () => void
}

/** Of those that nobody showed yet; older ones are no news. */
const mostWaiting = 10

export function createNoticeQueue(): NoticeQueue {
  let waiting: UserNotice[] = []
  let shown: ((notice: UserNotice) => void) | null = null
  return {
    show(notice) {
      if (shown === null) waiting = [...waiting, notice].slice(-mostWaiting)
      else shown(notice)
    },
    listen(listener) {
      shown = listener
      for (const notice of waiting) listener(notice)
      waiting = []
      return () => {
        if (shown === listener) shown = null
      }
    },
  }
}

export const NoticesContext = createContext<NoticeQueue>(createNoticeQueue())

/** Tells the user something in passing, from any part below `OpsProvider`. */
export function useNotices(): NoticeQueue {
  return useContext(NoticesContext)
}
