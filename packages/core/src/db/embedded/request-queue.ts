/**
 * The order in which one session serves several connections: first come, first served, except that a connection
 * which owns the session (an open transaction, a batch without its Sync) goes first and the others wait.
 */
export class RequestQueue<Request extends { readonly connection: number }> {
  #waiting: Request[] = []
  #owner: number | undefined

  /** The connection the session belongs to until it is disowned. */
  get owner(): number | undefined {
    return this.#owner
  }

  add(request: Request): void {
    this.#waiting.push(request)
  }

  /** The next request that may be served, if any. */
  take(): Request | undefined {
    if (this.#owner === undefined) return this.#waiting.shift()
    const index = this.#waiting.findIndex((request) => request.connection === this.#owner)
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0]
  }

  own(connection: number): void {
    this.#owner = connection
  }

  disown(): void {
    this.#owner = undefined
  }

  /** Forgets what a connection still waits for. */
  drop(connection: number): void {
    this.#waiting = this.#waiting.filter((request) => request.connection !== connection)
  }
}
