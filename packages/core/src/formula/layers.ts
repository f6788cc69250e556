import { type RawBuilder, sql } from 'kysely'
import { type Fragment, isBound, isSlot, replaceSlots, slotMentions } from './fragment.ts'
import type { Step } from './to-sql.ts'

/** Alias under which every layer reads the one before it. */
const row = 'f'

/** Computed columns of one level of nesting. */
interface Layer {
  readonly columns: readonly { readonly name: string; readonly fragment: Fragment }[]
}

/** The steps of a statement as nested levels, and where the wanted values are found at the end. */
export interface Layers {
  readonly layers: readonly Layer[]
  readonly outputs: readonly Fragment[]
}

/**
 * Puts steps into as few levels as they need: what is read once stands where it is read, what is read more often is
 * computed once, a level below its readers.
 */
export function arrangeLayers(steps: readonly Step[], outputs: readonly Fragment[]): Layers {
  const mentions = new Array<number>(steps.length).fill(0)
  const count = (fragment: Fragment) => {
    for (const slot of slotMentions(fragment)) mentions[slot] = (mentions[slot] ?? 0) + 1
  }
  outputs.forEach(count)
  for (const { slot, fragment } of steps.toReversed()) if ((mentions[slot] ?? 0) > 0) count(fragment)
  const inlined = new Map<number, Fragment>()
  const levels = new Map<number, number>()
  const layers: { name: string; fragment: Fragment }[][] = []
  const inline = (fragment: Fragment) => replaceSlots(fragment, (slot) => inlined.get(slot) ?? null)
  for (const { slot, fragment } of steps) {
    if (mentions[slot] === 0) continue
    const whole = inline(fragment)
    if (mentions[slot] === 1 || isPlain(whole)) {
      inlined.set(slot, whole)
      continue
    }
    const level = 1 + Math.max(-1, ...slotMentions(whole).map((other) => levels.get(other) ?? -1))
    levels.set(slot, level)
    layers[level] = [...(layers[level] ?? []), { name: slotName(slot), fragment: whole }]
  }
  return { layers: layers.map((columns) => ({ columns })), outputs: outputs.map(inline) }
}

/** Not worth a column of its own: a cell or a constant, with a collation at most. */
function isPlain({ parts }: Fragment): boolean {
  return parts.every((part) =>
    typeof part === 'string'
      ? /^[( )]*(?:collate "C")?[ )]*$|^null::\w+(?:\[\])?$/.test(part)
      : !isBound(part) || !Array.isArray(part.bound),
  )
}

function slotName(slot: number): string {
  return `x${slot}`
}

/**
 * A relation with all columns of the source and the computed ones, each level fenced by `offset 0`: unfenced,
 * PostgreSQL flattens the levels and copies expressions into each other (a chain of 12 took 3.8 s).
 *
 * @param source a relation in brackets, such as `(select …)`, that gives the cells under their physical names
 */
export function layeredRelation(source: RawBuilder<unknown>, { layers }: Pick<Layers, 'layers'>): RawBuilder<unknown> {
  return layers.reduce<RawBuilder<unknown>>((inner, { columns }) => {
    const computed = columns.map(({ name, fragment }) => sql`${toRawBuilder(fragment)} as ${sql.id(name)}`)
    return sql`(select ${sql.id(row)}.*, ${sql.join(computed)} from ${inner} as ${sql.id(row)} offset 0)`
  }, source)
}

/** A fragment for Kysely, to be read over a relation under the alias `f`. */
export function toRawBuilder<T = unknown>({ parts }: Fragment): RawBuilder<T> {
  const texts: string[] = ['']
  const values: unknown[] = []
  for (const part of parts) {
    if (typeof part === 'string') texts[texts.length - 1] += part
    else if (isBound(part)) {
      values.push(part.bound)
      texts.push(`::${part.type}`)
    } else {
      values.push(sql.id(row, isSlot(part) ? slotName(part.slot) : part.cell))
      texts.push('')
    }
  }
  return sql<T>(Object.assign([...texts], { raw: texts }), ...values)
}
