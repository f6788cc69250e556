/** A value that changes, and those who want to know. */
export interface Store<State> {
  get(): State
  /** Sets some fields; tells nobody if all of them are what they were. */
  set(changes: Partial<State>): void
  subscribe(listener: () => void): () => void
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set(changes) {
      const keys = Object.keys(changes) as (keyof State)[]
      if (keys.every((key) => Object.is(changes[key], state[key]))) return
      state = { ...state, ...changes }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
