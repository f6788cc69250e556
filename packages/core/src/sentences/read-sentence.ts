import { type SentenceKey, sentences } from './sentences.ts'

/** Which sentence a text is, and what it speaks of. */
export interface KnownSentence {
  readonly key: SentenceKey
  /** In English, as it was read. */
  readonly text: string
  /** By the names of its holes; sentences within a sentence are read as well. */
  readonly values: Readonly<Record<string, string | number | KnownSentence>>
}

interface Hole {
  readonly name: string
  readonly kind: '' | '#' | '~'
}

interface Shape {
  readonly key: SentenceKey
  /** What stands before, between and behind the holes. */
  readonly literals: readonly string[]
  readonly holes: readonly Hole[]
}

/** Those with most of their own first, so that the tries are not used up before. */
const shapes: readonly Shape[] = Object.entries(sentences)
  .map(([key, text]) => ({
    key: key as SentenceKey,
    literals: text.split(/\{[#~]?[a-z]\w*\}/),
    holes: [...text.matchAll(/\{([#~]?)([a-z]\w*)\}/g)].map(([, kind = '', name = '']) => ({
      name,
      kind: kind as Hole['kind'],
    })),
  }))
  .sort((a, b) => b.literals.join('').length - a.literals.join('').length)

/** Longer texts are not looked at. */
const longest = 2_000

/** How deep sentences may lie in sentences. */
const deepest = 4

/** How many places are tried for the ends of holes, in all: enough for names with a few full stops in them. */
const mostTries = 400

/**
 * Finds out which sentence of the table a text is, and what stands in its holes; null if it is none: the words of a vendor,
 * of a rule that people wrote, or of another version of opslayer.
 *
 * The text itself is what is sent, stored in cells and logs and written to files, so what was said long ago is known too.
 */
export function readSentence(text: string): KnownSentence | null {
  return text.length > longest ? null : (readWithin(text, 0, { tries: mostTries })?.known ?? null)
}

/** What is left of the tries. */
interface Budget {
  tries: number
}

interface Reading {
  readonly known: KnownSentence
  /** Characters that are the table's own: of two readings the one with more is meant. */
  readonly weight: number
}

function readWithin(text: string, depth: number, budget: Budget): Reading | null {
  if (depth > deepest) return null
  let best: Reading | null = null
  for (const shape of shapes) {
    const filled = valuesIn(text, shape, depth, budget)
    if (filled === null || filled.weight <= (best?.weight ?? -1)) continue
    best = { known: { key: shape.key, text, values: filled.values }, weight: filled.weight }
  }
  return best
}

interface Filled {
  readonly values: KnownSentence['values']
  readonly weight: number
}

function valuesIn(text: string, { literals, holes }: Shape, depth: number, budget: Budget): Filled | null {
  const first = literals[0] ?? ''
  const last = literals.at(-1) ?? ''
  if (holes.length === 0) return text === first ? { values: {}, weight: text.length } : null
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  return fill(0, first.length)

  /** The holes from one on, each ending at the first place that lets the others fit. */
  function fill(index: number, from: number): Filled | null {
    const hole = holes[index]
    if (hole === undefined) return { values: {}, weight: first.length }
    const isLast = index === holes.length - 1
    const literal = literals[index + 1] ?? ''
    for (let to = isLast ? text.length - last.length : text.indexOf(literal, from); to >= from; ) {
      budget.tries -= 1
      if (budget.tries < 0) return null
      const read = readHole(text.slice(from, to), hole.kind, depth, budget)
      const rest = read === null ? null : fill(index + 1, to + literal.length)
      if (read !== null && rest !== null) {
        const weight = rest.weight + literal.length + read.weight
        return { values: { [hole.name]: read.value, ...rest.values }, weight }
      }
      if (isLast) return null
      to = text.indexOf(literal, to + 1)
    }
    return null
  }
}

interface ReadHole {
  readonly value: string | number | KnownSentence
  readonly weight: number
}

function readHole(text: string, kind: Hole['kind'], depth: number, budget: Budget): ReadHole | null {
  if (kind === '#') {
    const isNumber = /^-?\d{1,3}(,?\d{3})*(\.\d+)?$/.test(text)
    return isNumber ? { value: Number(text.replaceAll(',', '')), weight: 0 } : null
  }
  if (kind === '') return { value: text, weight: 0 }
  if (text === '') return { value: '', weight: 0 }
  const read = readWithin(text, depth + 1, budget)
  return read === null ? null : { value: read.known, weight: read.weight }
}
