import { randomUUID } from 'node:crypto'

/** What is kept of a request while it lasts. */
interface RequestState {
  /** In every answer and every line of the log. */
  readonly requestId: string
  /** The outcome of work that is done once for a request, however many calls it carries. */
  once<T>(key: object, work: () => Promise<T>): Promise<T>
}

const states = new WeakMap<object, RequestState>()

/** The calls of one request share a context, and nothing else does. */
export function requestOf(context: object): RequestState {
  const known = states.get(context)
  if (known !== undefined) return known
  return beginRequest(context, randomUUID())
}

export function beginRequest(context: object, requestId: string): RequestState {
  const done = new Map<object, Promise<unknown>>()
  const state: RequestState = {
    requestId,
    once: <T>(key: object, work: () => Promise<T>) => {
      const outcome = (done.get(key) as Promise<T> | undefined) ?? work()
      done.set(key, outcome)
      return outcome
    },
  }
  states.set(context, state)
  return state
}
