import { say } from '../sentences/say.ts'
/** A formula and the columns it reads, some of which are formulas themselves. */
export interface Dependent {
  /** Id of the column that keeps the result. */
  readonly id: string
  readonly reads: readonly string[]
}

export type FormulaOrder<Item extends Dependent> =
  | { readonly ok: true; readonly order: readonly Item[] }
  /** `cycle` begins and ends with the same id: `['a', 'b', 'a']`. */
  | { readonly ok: false; readonly cycle: readonly string[] }

/** Puts formulas behind those that they read; finds the circle if there is one. */
export function orderFormulas<Item extends Dependent>(formulas: readonly Item[]): FormulaOrder<Item> {
  const byId = new Map(formulas.map((formula) => [formula.id, formula]))
  const placed = new Set<string>()
  const order: Item[] = []
  for (const start of formulas) {
    // Depth first, with a path of our own: chains may be longer than the call stack.
    const path: { readonly formula: Item; next: number }[] = [{ formula: start, next: 0 }]
    const onPath = new Set([start.id])
    for (let step = path.at(-1); step !== undefined && !placed.has(start.id); step = path.at(-1)) {
      const id = step.formula.reads[step.next++]
      if (id === undefined) {
        placed.add(step.formula.id)
        order.push(step.formula)
        onPath.delete(step.formula.id)
        path.pop()
        continue
      }
      const read = byId.get(id)
      if (read === undefined || placed.has(id)) continue
      if (onPath.has(id)) {
        const ids = path.map(({ formula }) => formula.id)
        return { ok: false, cycle: [...ids.slice(ids.indexOf(id)), id] }
      }
      onPath.add(id)
      path.push({ formula: read, next: 0 })
    }
  }
  return { ok: true, order }
}

/** The sentence for a circle: “Total” → “Discount” → “Total”. */
export function describeCycle(cycle: readonly string[], nameOf: (id: string) => string): string {
  const names = cycle.map((id) => `“${nameOf(id).slice(0, 60)}”`)
  const [first = '', ...others] = names.length > 12 ? [...names.slice(0, 10), '…', ...names.slice(-1)] : names
  return say('A formula cannot use its own result: {circle}.', { circle: [first, ...others].join(' → ') })
}

/** The formulas that must be computed anew when columns change, in order: readers of them, and readers of those. */
export function affectedFormulas<Item extends Dependent>(
  changed: Iterable<string>,
  ordered: readonly Item[],
): readonly Item[] {
  const dirty = new Set(changed)
  return ordered.filter(({ id, reads }) => {
    const isAffected = reads.some((read) => dirty.has(read))
    if (isAffected) dirty.add(id)
    return isAffected
  })
}
