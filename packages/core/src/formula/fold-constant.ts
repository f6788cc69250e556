import { compileNode, StepsUsedUp } from './evaluate-node.ts'
import type { Scope } from './formula-function.ts'
import type { TypedNode } from './typed-formula.ts'

const foldSteps = 10_000

/**
 * Replaces a call whose arguments are all constants by its result, unless that depends on the time: SQL then never
 * sees an operation that could fail while it is planned, and each row is spared the work.
 */
export function foldConstant(node: Extract<TypedNode, { kind: 'call' }>): TypedNode {
  const { definition, args, type, span } = node
  const moves = definition.volatile !== undefined || definition.usesMoment === true
  if (moves || !args.every((arg) => arg.kind === 'constant')) return node
  const scope: Scope = { now: 0, timeZone: 'UTC', columns: [], locals: [], steps: foldSteps }
  try {
    return { kind: 'constant', type, value: compileNode(node)(scope), span }
  } catch (error) {
    if (error instanceof StepsUsedUp) return node
    throw error
  }
}
