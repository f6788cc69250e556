import type { SimulatedAnswer } from './simulated-request.ts'

/** What goes wrong. */
export type FaultCause =
  /** The answer begins later, in real milliseconds. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** An answer in place of the vendor's; the handler does not run. */
  | { readonly kind: 'answer'; readonly answer: SimulatedAnswer }
  /** The connection ends without an answer: before the handler runs, or after it. */
  | { readonly kind: 'cut'; readonly when: 'before-effect' | 'after-effect' }
  /** The answer is no JSON, though it says so. */
  | { readonly kind: 'malformed' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'truncated' }
  /** The body dribbles for so long, in real milliseconds. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** The answer, changed: a field is missing, or has become a text. */
  | { readonly kind: 'drift'; readonly change: (json: unknown) => unknown }

export type FaultKind = FaultCause['kind']

export type Fault<Route extends string = string> = FaultCause & {
  /** @default every route */
  readonly on?: Route
  /** Requests that it strikes. @default 1 */
  readonly times?: number
  /** Requests of the route that it lets pass first. @default 0 */
  readonly after?: number
  /** How likely it strikes a request, 0 to 1, by the simulator's seed. @default 1 */
  readonly chance?: number
}

/** Faults to come. */
export interface SimulatorFaults<Route extends string = string> {
  /** Returns a function that takes it away again. */
  add(fault: Fault<Route>): () => void
  clear(): void
}

interface Planned {
  readonly fault: Fault
  left: number
  passes: number
}

export function createFaults(random: () => number): SimulatorFaults & { strike(route: string): readonly FaultCause[] } {
  let planned: Planned[] = []
  return {
    add: (fault) => {
      const plan = { fault, left: fault.times ?? 1, passes: fault.after ?? 0 }
      planned.push(plan)
      return () => {
        planned = planned.filter((each) => each !== plan)
      }
    },
    clear: () => {
      planned = []
    },
    strike: (route) =>
      planned.flatMap((plan) => {
        const { on, chance = 1 } = plan.fault
        if ((on !== undefined && on !== route) || plan.left <= 0) return []
        if (plan.passes > 0) plan.passes -= 1
        else if (random() < chance) {
          plan.left -= 1
          return [plan.fault]
        }
        return []
      }),
  }
}
