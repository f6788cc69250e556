import type { CallOptions } from '../db/transaction.ts'
import type { OrgSession } from '../store/org-session.ts'
import { isOver, type Run } from './run.ts'
import type { Runner } from './runner.ts'
import { getRun } from './runs.service.ts'

/** Between two looks at a run that another process works on, in milliseconds. */
const pollMs = 500

/** All who watch runs in a process together look no more often: else many of them keep the database from working on what they wait for. */
const looksPerSecond = 50

/**
 * A run as it is, then whenever it has changed, until it is over.
 *
 * @throws the signal's reason; OpsError `NOT_FOUND`
 */
export async function* watchRun(
  session: OrgSession,
  changes: Pick<Runner, 'onChange' | 'watchers'>,
  runId: string,
  options: CallOptions = {},
): AsyncGenerator<Run, void> {
  const { signal } = options
  let seen = ''
  for (;;) {
    const changed = nextChange(session, changes, runId, { signal })
    try {
      const run = await getRun(session, runId, options)
      const text = JSON.stringify(run)
      if (text !== seen) yield run
      seen = text
      if (isOver(run.state)) return
      await changed.promise
    } finally {
      changed.forget()
    }
    signal?.throwIfAborted()
  }
}

/**
 * Waits until a run is over or paused.
 *
 * @throws the signal's reason; OpsError `NOT_FOUND`
 */
export async function waitForRun(
  session: OrgSession,
  changes: Pick<Runner, 'onChange' | 'watchers'>,
  runId: string,
  options: CallOptions = {},
): Promise<Run> {
  const { signal } = options
  for (;;) {
    const left = nextChange(session, changes, runId, { signal, onlyLeft: true })
    try {
      const run = await getRun(session, runId, options)
      if (isOver(run.state) || run.state === 'paused') return run
      await left.promise
    } finally {
      left.forget()
    }
    signal?.throwIfAborted()
  }
}

/** Resolves at the run's next change in this process, or once it is left, after a while, or when the signal aborts. */
function nextChange(
  session: OrgSession,
  changes: Pick<Runner, 'onChange' | 'watchers'>,
  runId: string,
  { signal, onlyLeft = false }: { readonly signal: AbortSignal | undefined; readonly onlyLeft?: boolean },
): { readonly promise: Promise<void>; readonly forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const unsubscribe = changes.onChange(session.orgId, runId, (isLeft) => {
    if (isLeft || !onlyLeft) resolve()
  })
  const timer = setTimeout(resolve, Math.max(pollMs, (1_000 * changes.watchers()) / looksPerSecond))
  const onAbort = (): void => resolve()
  signal?.addEventListener('abort', onAbort, { once: true })
  return {
    promise,
    forget: () => {
      clearTimeout(timer)
      unsubscribe()
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
