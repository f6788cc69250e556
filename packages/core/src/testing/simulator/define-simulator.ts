import type { SimulatedAnswer, SimulatedRequest } from './simulated-request.ts'
import type { SimulatorBill } from './simulator-bill.ts'
import type { SimulatorClock } from './simulator-clock.ts'
import type { SimulatorLimit } from './simulator-limits.ts'
import type { SignWebhook, SimulatorWebhooks } from './simulator-webhooks.ts'

/** The names of a route's `:name` segments. */
export type ParamsOf<Route extends string> = Route extends `${infer Head}/${infer Rest}`
  ? ParamsOf<Head> | ParamsOf<Rest>
  : Route extends `:${infer Name}`
    ? Name
    : never

/** What a handler has at hand. */
export interface HandlerTools<State, Params extends string = string> {
  readonly request: SimulatedRequest<Params>
  /** The vendor's data, to read and to change. */
  readonly state: State
  readonly clock: SimulatorClock
  readonly bill: SimulatorBill
  readonly webhooks: SimulatorWebhooks
  /** From 0 to 1, the same numbers for the same seed. */
  readonly random: () => number
}

export type Handler<State, Params extends string> = (
  tools: HandlerTools<State, Params>,
) => SimulatedAnswer | Promise<SimulatedAnswer>

/** A vendor's wire protocol as a local server speaks it. */
export interface Simulator<State, Seed, Route extends string, Limit extends string> {
  readonly id: string
  /** What all paths begin with. @default '' */
  readonly base?: string
  /** The vendor's data at the start. */
  readonly state: (seed: Seed) => State
  /** Handlers by method and path: `GET /tasks/:id`. A slash at the end counts. */
  readonly routes: { readonly [R in Route]: Handler<State, ParamsOf<R>> }
  /** An answer for requests without good credentials; undefined lets a request pass. @default all pass */
  readonly authorize?: (tools: HandlerTools<State>) => SimulatedAnswer | undefined
  /** @default none */
  readonly limits?: { readonly [L in Limit]: SimulatorLimit }
  readonly signWebhook?: SignWebhook
  /** What unknown paths get. @default 404 with a line of JSON */
  readonly notFound?: (request: SimulatedRequest) => SimulatedAnswer
}

/**
 * Describes a vendor. Everything is inferred; start it with `startSimulator`.
 *
 * @example
 * export const acmeSimulator = defineSimulator({
 *   id: 'acme',
 *   state: (seed: { credits: number }) => ({ credits: seed.credits, tasks: new Map<string, string[]>() }),
 *   authorize: ({ request }) => (request.headers.get('x-key') === 'good' ? undefined : { status: 401 }),
 *   limits: { rate: { max: 10, perMs: 1000 } },
 *   routes: { 'GET /tasks/:id': ({ request, state }) => ({ json: state.tasks.get(request.params.id) ?? null }) },
 * })
 */
export function defineSimulator<State, Route extends string, Limit extends string = never, Seed = undefined>(
  simulator: Simulator<State, Seed, Route, Limit>,
): Simulator<State, Seed, Route, Limit> {
  return Object.freeze(simulator)
}
