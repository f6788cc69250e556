import type { SentenceText } from './sentences.ts'

/** What stands between braces in a text: names of holes, with their marks. Braces around anything else are just braces. */
type Hole<Text extends string> = Text extends `${string}{${infer Inner}}${infer Rest}`
  ?
      | (Inner extends `${string} ${string}` | Capitalize<Inner>
          ? Inner extends `#${string}` | `~${string}`
            ? Inner
            : never
          : Inner)
      | Hole<Rest>
  : never

/** What fills the holes of a text: numbers where it says `{#…}`, else texts. */
export type ValuesOf<Text extends string> = {
  readonly [Each in Hole<Text> as Each extends `#${infer Name}` | `~${infer Name}`
    ? Name
    : Each]: Each extends `#${string}` ? number : string
}

type Given<Text extends string> = [Hole<Text>] extends [never] ? [] : [values: ValuesOf<Text>]

/**
 * A sentence for users in English. It is one of the table `sentences`, so that clients find out which one and say it in
 * their language; this one knows only its text, and the table need not be where it is said.
 *
 * @example
 * throw new OpsError('NOT_FOUND', say('There is no table "{id}".', { id }))
 */
export function say<const Text extends SentenceText>(text: Text, ...[values]: Given<Text>): string {
  if (values === undefined) return text
  return text.replace(/\{[#~]?([a-z]\w*)\}/g, (_, name: string) => {
    const value = (values as Readonly<Record<string, string | number>>)[name] ?? ''
    return typeof value === 'number' ? value.toLocaleString('en') : value
  })
}
