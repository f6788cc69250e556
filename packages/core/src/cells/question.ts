import { hash } from 'node:crypto'
import { failed, type Outcome, skipped } from '../plugin/cell-outcome.ts'
import { validate } from '../plugin/validate.ts'
import { say } from '../sentences/say.ts'
import type { RowInputs } from '../store/filled/read-inputs.ts'
import type { Json } from '../values/json.ts'
import type { AskedPart } from './asked-part.ts'

/** A cell with what is to be asked, or what became of it without asking. */
export type Question =
  | { readonly rowId: string; readonly settled: Outcome<unknown>; readonly inputs: Readonly<Record<string, Json>> }
  | OpenQuestion

export interface OpenQuestion {
  readonly rowId: string
  /** As the part's schema reads them. */
  readonly asked: object
  readonly inputs: Readonly<Record<string, Json>>
  /** Equal for questions with equal answers, in every table of the org; null if answers are not kept. */
  readonly cacheKey: string | null
}

export function isOpen(question: Question): question is OpenQuestion {
  return 'asked' in question
}

/** Equal for questions that are asked once. */
export function keyOf({ cacheKey, rowId }: OpenQuestion): string {
  return cacheKey ?? rowId
}

/** Keys by which answers may be known, each once. */
export function cacheKeysOf(questions: readonly Question[]): readonly string[] {
  return [...new Set(questions.filter(isOpen).flatMap(({ cacheKey }) => cacheKey ?? []))]
}

/** Questions whose answers are not known, by their keys: equal ones are asked once, for the first of their cells. */
export function unknownQuestions(
  questions: readonly Question[],
  known: ReadonlyMap<string, Json>,
): ReadonlyMap<string, OpenQuestion> {
  const unknown = new Map<string, OpenQuestion>()
  for (const question of questions.filter(isOpen)) {
    const key = keyOf(question)
    if (!known.has(key) && !unknown.has(key)) unknown.set(key, question)
  }
  return unknown
}

/** What a row's inputs come to: empty required ones make the cell skipped, wrong ones make it fail. */
export async function questionOf(asked: AskedPart, { id: rowId, inputs, wanted }: RowInputs): Promise<Question> {
  if (!wanted) return { rowId, inputs, settled: skipped(say('The row does not satisfy the run condition.')) }
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null && value !== ''))
  const checked = await validate(asked.part.inputs, given)
  if (checked.ok) {
    const { value } = checked
    return { rowId, inputs, asked: value as object, cacheKey: cacheKeyOf(asked, value as object) }
  }
  const missing = checked.issues.find(({ path }) => given[String(path[0])] === undefined)
  const [issue] = checked.issues
  const label = asked.labelOf(String((missing ?? issue)?.path[0] ?? '')) ?? 'An input'
  if (missing !== undefined) return { rowId, inputs, settled: skipped(say('{input} is empty.', { input: label })) }
  return { rowId, inputs, settled: failed('INPUT_INVALID', `${label}: ${issue?.message ?? 'not valid'}`) }
}

function cacheKeyOf({ plugin, part, settings }: AskedPart, inputs: object): string | null {
  const { cache } = part
  if (cache === undefined) return null
  const own = cache.key === undefined ? stableText([inputs, settings]) : cache.key(inputs, settings)
  return hash('sha256', JSON.stringify([plugin.id, part.id, majorOf(plugin.version), own]))
}

/** Answers of another major version may mean something else. */
function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version
}

/** Members in one order, so that equal things have equal texts. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

/** Tells whether inputs are the same as those that a cell was asked for by: 64 bits as a whole number. */
export function inputsHash(inputs: Readonly<Record<string, Json>>): string {
  const values = Object.values(inputs)
  const isFlat = values.every((value) => typeof value !== 'object' || value === null)
  // Inputs of a fill come in one order, and most are plain: sorting their members costs ten times the hash.
  const text = isFlat ? JSON.stringify(inputs) : stableText(inputs)
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', text).slice(0, 16)}`)).toString()
}
