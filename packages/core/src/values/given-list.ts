import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { accept, refuse } from './parsed.ts'

const mostItems = 10_000

/** The items of an input that is a list; undefined for any other. */
export function givenList(input: unknown): Parsed<readonly unknown[]> | undefined {
  try {
    if (!Array.isArray(input)) return undefined
    return input.length > mostItems
      ? refuse(say('the list has more than {#count} values', { count: mostItems }))
      : accept<readonly unknown[]>([...input])
  } catch {
    return refuse(say('it is not a list'))
  }
}
