import { type RawBuilder, sql } from 'kysely'
import { type Fragment, isBound, isCell, isSlot, replaceSlots, slotMentions } from './fragment.ts'
import { type LevelColumn, type Output, packOutputs } from './pack-outputs.ts'
import type { Step } from './to-sql.ts'

/** Alias under which every layer reads the one before it. */
const row = 'f'

/** The steps of a statement as nested levels, and where the wanted values are found at the end. */
export interface Layers {
  readonly levels: readonly (readonly LevelColumn[])[]
  readonly outputs: readonly Fragment[]
}

/**
 * Puts steps into as few levels as they need: what is read once stands where it is read, what is read more often is
 * computed once, a level below its readers.
 */
export function arrangeLayers(steps: readonly Step[], outputs: readonly Output[]): Layers {
  const mentions = new Array<number>(steps.length).fill(0)
  const count = (fragment: Fragment) => {
    for (const slot of slotMentions(fragment)) mentions[slot] = (mentions[slot] ?? 0) + 1
  }
  for (const { fragment } of outputs) count(fragment)
  for (const { slot, fragment } of steps.toReversed()) if ((mentions[slot] ?? 0) > 0) count(fragment)
  const inlined = new Map<number, Fragment>()
  const levelOf = new Map<number, number>()
  const levels: LevelColumn[][] = []
  const inline = (fragment: Fragment) => replaceSlots(fragment, (slot) => inlined.get(slot) ?? null)
  for (const { slot, fragment } of steps) {
    if (mentions[slot] === 0) continue
    const whole = inline(fragment)
    const readers = mentions[slot] ?? 0
    const isFree = readers === 1 || isPlain(whole)
    if (isFree || (isCast(whole) && readers <= cheapCasts) || (isLight(whole) && readers <= lightReaders)) {
      inlined.set(slot, whole)
      continue
    }
    const level = 1 + Math.max(-1, ...slotMentions(whole).map((other) => levelOf.get(other) ?? -1))
    levelOf.set(slot, level)
    levels[level] = [...(levels[level] ?? []), { name: slotName(slot), slot, fragment: whole }]
  }
  return packOutputs(
    levels,
    outputs.map(({ fragment, type }) => ({ fragment: inline(fragment), type })),
  )
}

/** Not worth a column of its own: a cell or a constant, with a collation at most. */
function isPlain({ parts }: Fragment): boolean {
  return parts.every((part) =>
    typeof part === 'string'
      ? /^[( )]*(?:collate "C")?[ )]*$|^null::\w+(?:\[\])?$/.test(part)
      : !isBound(part) || !Array.isArray(part.bound),
  )
}

/** A cast of a cell takes about as long as handing a column through a level. */
const cheapCasts = 3

function isCast({ parts }: Fragment): boolean {
  return parts.every((part) => (typeof part === 'string' ? /^[( )]*(?:::float8)?[ )]*$/.test(part) : !isBound(part)))
}

/** What takes about as long as handing a column through a level may stand in two places. */
const lightReaders = 2
const lightParts = 24

/** Only comparisons, conditions and measures of what lies there already, and few of them: else they would double and double. */
export function isLight({ parts }: Fragment): boolean {
  if (parts.length > lightParts) return false
  return parts.every((part, place) => {
    if (typeof part !== 'string') return !isBound(part) || !Array.isArray(part.bound)
    const before = parts[place - 1]
    const isOfConstant = before !== undefined && typeof before !== 'string' && isBound(before)
    const text = isOfConstant ? part.replace(/^\)*::(?:numeric|float8)/, '') : part
    return text.replaceAll(lightToken, '') === ''
  })
}

/** Taken out one by one: as one pattern over the whole text, digits could be split in very many ways. */
const lightToken =
  /true|false|case|when|then|else|end|is|not|null(?:::\w+)?|and|or|between|coalesce|abs|octet_length|collate "C"|[\s(),<>=]|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g

function slotName(slot: number): string {
  return `x${slot}`
}

/**
 * A relation with the wanted columns of the source and what the outputs read, each level fenced by `offset 0`:
 * unfenced, PostgreSQL flattens the levels and copies expressions into each other (a chain of 12 took 3.8 s). A level
 * hands on only what later ones read; with `f.*`, planning grew with the square of a chain's length.
 *
 * @param source a relation in brackets, such as `(select …)`, that gives the cells under their physical names
 * @param kept further columns of the source that are wanted at the end
 */
export function layeredRelation(
  source: RawBuilder<unknown>,
  { levels, outputs }: Layers,
  kept: readonly string[],
): RawBuilder<unknown> {
  const selected: RawBuilder<unknown>[][] = []
  const live = new Set([...kept, ...outputs.flatMap(namesIn)])
  for (const columns of levels.toReversed()) {
    for (const { name } of columns) live.delete(name)
    const passed = [...live].map((name) => sql`${sql.id(row, name)}`)
    const computed = columns.map(({ name, fragment }) => sql`${toRawBuilder(fragment)} as ${sql.id(name)}`)
    selected.push([...passed, ...computed])
    for (const name of columns.flatMap(({ fragment }) => namesIn(fragment))) live.add(name)
  }
  const stages: RawBuilder<unknown>[] = []
  let inner = source
  for (const [level, columns] of selected.toReversed().entries()) {
    if (selected.length > fewLevels && level > 0 && level % levelsPerStage === 0) {
      const stage = sql.id(`stage${stages.length}`)
      stages.push(sql`${stage} as materialized ${inner}`)
      inner = stage
    }
    inner = sql`(select ${sql.join(columns)} from ${inner} as ${sql.id(row)} offset 0)`
  }
  if (stages.length === 0) return inner
  return sql`(with ${sql.join(stages)} select * from ${inner} as ${sql.id(row)} offset 0)`
}

/**
 * Levels nested in each other before the next stand on a stage of their own: PostgreSQL copies all of a nested query at
 * each of its levels, so that planning a chain of 40 formulas took twice the time that computing 1,000 rows did.
 */
const levelsPerStage = 8

/** Up to here nesting costs less than what stages take in each row of a backfill. */
const fewLevels = 24

/** Names of the columns that a fragment reads. */
function namesIn({ parts }: Fragment): readonly string[] {
  return parts.flatMap((part) => (isSlot(part) ? [slotName(part.slot)] : isCell(part) ? [part.cell] : []))
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
