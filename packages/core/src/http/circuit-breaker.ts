import { say } from '../sentences/say.ts'
import type { Call, Send } from './call.ts'
import { HttpError, isHttpError } from './http-error.ts'

/**
 * - `closed`: calls go through
 * - `open`: calls are refused until the time is over
 * - `probing`: one call goes through; how it ends decides
 */
type CircuitState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'probing' }

/** What is remembered of a connection and a host. */
export interface Circuit {
  state: CircuitState
}

export interface CircuitOptions {
  /** Where calls like this one are remembered. */
  readonly circuitOf: (call: Call) => Circuit
  /** Failures in a row that open it. @default 8 */
  readonly failures?: number
  /** How long it stays open before one call may try again, in milliseconds. @default 15000 */
  readonly openMs?: number
  /** Milliseconds, never going back. @default performance.now */
  readonly clock?: () => number
}

export function closedCircuit(): Circuit {
  return { state: { kind: 'closed', failures: 0 } }
}

/** Leaves a vendor alone that has failed several times in a row. Answers that the vendor means are no failures. */
export function withCircuitBreaker(
  send: Send,
  { circuitOf, failures = 8, openMs = 15_000, clock = () => performance.now() }: CircuitOptions,
): Send {
  function enter(call: Call, circuit: Circuit): 'probe' | 'call' {
    const { state } = circuit
    if (state.kind === 'closed') return 'call'
    const waitMs = state.kind === 'open' ? Math.ceil(state.until - clock()) : openMs
    if (waitMs > 0) {
      throw new HttpError(
        'VENDOR_UNAVAILABLE',
        say('{host} has failed {#count} times in a row and is left alone for {#seconds} s.', {
          host: call.url.host,
          count: failures,
          seconds: Math.ceil(waitMs / 1_000),
        }),
        { effect: 'none', retryAfterMs: waitMs },
      )
    }
    circuit.state = { kind: 'probing' }
    return 'probe'
  }

  function ended(circuit: Circuit, role: 'probe' | 'call', failed: boolean): void {
    const { state } = circuit
    // Late calls of the time before it opened change nothing.
    if (role === 'call' && state.kind !== 'closed') return
    const before = state.kind === 'closed' ? state.failures : failures
    if (!failed) circuit.state = { kind: 'closed', failures: 0 }
    else if (before + 1 >= failures) circuit.state = { kind: 'open', until: clock() + openMs }
    else circuit.state = { kind: 'closed', failures: before + 1 }
  }

  return async (call) => {
    const circuit = circuitOf(call)
    const role = enter(call, circuit)
    try {
      const response = await send(call)
      ended(circuit, role, response.status >= 500 && response.status !== 501)
      return response
    } catch (error) {
      if (isHttpError(error) && error.code === 'VENDOR_UNAVAILABLE') ended(circuit, role, true)
      // A probe that was cancelled says nothing: the next call probes.
      else if (role === 'probe') circuit.state = { kind: 'open', until: clock() }
      throw error
    }
  }
}
