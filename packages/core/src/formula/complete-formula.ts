import type { DescribedFunction } from './describe-functions.ts'

/** Something that can stand where the caret is. */
export interface Completion {
  readonly kind: 'column' | 'function'
  /** What takes the place of the text from {@link Completions.start} to the caret. */
  readonly insert: string
  /** What a list shows: the column's name, the function's first signature. */
  readonly label: string
  /** The column's key, the function's summary. */
  readonly detail: string
}

export interface Completions {
  /** Where the begun word starts, in UTF-16 units. */
  readonly start: number
  /** Those that begin with it first, then those that hold it; at most 50. */
  readonly items: readonly Completion[]
}

/** What completions are made of. */
export interface CompletionSources {
  readonly columns: readonly { readonly key: string; readonly name: string }[]
  /** Of `describeFunctions`, or of `formulas.functions()`. */
  readonly functions: readonly Pick<DescribedFunction, 'name' | 'signatures' | 'summary'>[]
}

const mostItems = 50

/** A column begun behind `@`, a column's name begun behind `@{`, or a word that may become a function. */
const begun = /@\{([^{}]*)$|@([a-z][a-z0-9_]*)?$|([a-z][a-z0-9_.]*)$/i

/** What the word at the caret may become: columns behind `@`, functions elsewhere. Nothing inside of texts. */
export function completeFormula(source: string, caret: number, { columns, functions }: CompletionSources): Completions {
  const before = source.slice(0, caret)
  const match = isInText(before) ? null : begun.exec(before)
  if (match === null) return { start: caret, items: [] }
  const [whole, name, key = '', word] = match
  const start = caret - whole.length
  if (word !== undefined) {
    const items = functions.map((each): Completion => {
      const label = each.signatures[0] ?? each.name
      return { kind: 'function', insert: `${each.name}(`, label, detail: each.summary }
    })
    return { start, items: ranked(items, word, ({ insert }) => [insert]) }
  }
  const items = columns.map((column): Completion => {
    const insert = name === undefined ? `@${column.key}` : `@{${column.name.replaceAll('}', '}}')}}`
    return { kind: 'column', insert, label: column.name, detail: column.key }
  })
  return { start, items: ranked(items, name ?? key, ({ label, detail }) => [label, detail]) }
}

function ranked(
  items: readonly Completion[],
  wanted: string,
  textsOf: (item: Completion) => readonly string[],
): readonly Completion[] {
  const word = wanted.toLowerCase()
  const places = items.flatMap((item) => {
    const found = textsOf(item).map((text) => text.toLowerCase().indexOf(word))
    const place = Math.min(...found.map((at) => (at < 0 ? Number.POSITIVE_INFINITY : at)))
    return place === Number.POSITIVE_INFINITY ? [] : [{ item, place: place === 0 ? 0 : 1 }]
  })
  return places
    .toSorted((a, b) => a.place - b.place)
    .slice(0, mostItems)
    .map(({ item }) => item)
}

/** Whether a quote is open; a quote written twice inside of a text closes and opens it. */
function isInText(text: string): boolean {
  let open = ''
  for (const character of text) {
    if (open === '') open = character === '"' || character === "'" ? character : ''
    else if (character === open) open = ''
  }
  return open !== ''
}
