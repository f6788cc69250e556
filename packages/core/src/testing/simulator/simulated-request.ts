/** A request as a handler sees it. */
export interface SimulatedRequest<Params extends string = string> {
  readonly method: string
  /** Without query, below the simulator's base. */
  readonly path: string
  /** The `:name` segments of the route, decoded. */
  readonly params: Readonly<Record<Params, string>>
  readonly query: URLSearchParams
  readonly headers: Headers
  /** The body as it came. */
  readonly body: Uint8Array<ArrayBuffer>
  /** The body as text. */
  text(): string
  /**
   * The body as JSON; `undefined` for what is none. Look before you trust it, as the vendor does.
   */
  json(): unknown
}

/** What a simulator answers. */
export interface SimulatedAnswer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, where there is no `json`. @default '' */
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export function requestOf<Params extends string>(
  parts: Omit<SimulatedRequest<Params>, 'text' | 'json'>,
): SimulatedRequest<Params> {
  const text = (): string => new TextDecoder().decode(parts.body)
  return {
    ...parts,
    text,
    json: () => {
      try {
        return JSON.parse(text())
      } catch {
        return undefined
      }
    },
  }
}

/** Bytes, content type and headers of an answer. */
export function answerParts(answer: SimulatedAnswer): {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
} {
  const { status = 200, headers = {}, json, body = '' } = answer
  const given = json === undefined ? body : JSON.stringify(json)
  const type = json === undefined ? 'text/plain; charset=utf-8' : 'application/json'
  return {
    status,
    headers: { 'content-type': type, ...headers },
    body: typeof given === 'string' ? new TextEncoder().encode(given) : given,
  }
}
