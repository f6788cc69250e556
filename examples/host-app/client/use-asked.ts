import { useEffect, useState } from 'react'

/** What came of asking. */
export type Asked<Answer> =
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly reason: string }

/**
 * Asks the server, and again when the question is another function.
 *
 * @param ask stable as long as the question is the same
 */
export function useAsked<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({ state: 'asking' })
  useEffect(() => {
    const controller = new AbortController()
    ask(controller.signal).then(
      (answer) => setAsked({ state: 'answered', answer }),
      (error: unknown) => {
        if (!controller.signal.aborted) setAsked({ state: 'failed', reason: String(Object(error).message ?? error) })
      },
    )
    return () => controller.abort()
  }, [ask])
  return asked
}
