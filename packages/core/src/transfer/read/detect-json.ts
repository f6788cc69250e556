import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { parseJson } from './json-cells.ts'
import { nextJsonElement } from './json-element.ts'

/** A kind of JSON file, and how it was told. */
export interface DetectedJson {
  readonly kind: 'json-lines' | 'json-array'
  readonly because: string
}

/**
 * Tells JSON by its beginning; null if it is something else.
 *
 * @param isWhole whether the text is the whole file
 * @throws OpsError `INVALID_INPUT` for a single JSON object
 */
export function detectJson(text: string, isWhole: boolean): DetectedJson | null {
  const trimmed = text.trimStart()
  const first = trimmed[0]
  if (first !== '{' && first !== '[') return null
  const lineEnd = trimmed.indexOf('\n')
  const line = (lineEnd === -1 ? trimmed : trimmed.slice(0, lineEnd)).trim()
  const rest = lineEnd === -1 ? '' : trimmed.slice(lineEnd).trimStart()
  const value = objectOrList(line)
  if (value !== null && (first === '{' || rest.startsWith('['))) {
    return { kind: 'json-lines', because: say('Each line is a JSON value.') }
  }
  if (first === '[') {
    const element = nextJsonElement(trimmed, 1)
    const inner = element.end === -1 ? null : objectOrList(trimmed.slice(element.start, element.end))
    const cut = element.end === -1 && /^[[{]\s*["[{]/.test(trimmed.slice(element.start))
    const fits = element.closes || inner !== null || cut
    return fits ? { kind: 'json-array', because: say('The file is one JSON array.') } : null
  }
  if (!/^\{\s*"/.test(trimmed) || (isWhole && objectOrList(trimmed) === null)) return null
  // A long first line of JSON lines, or one object over many lines.
  if (lineEnd === -1 && !isWhole) return { kind: 'json-lines', because: say('The first line is a JSON object.') }
  throw new OpsError(
    'INVALID_INPUT',
    say(
      'The file is one JSON object; a table is an array of objects, or one object a line. Give the list inside of it.',
    ),
  )
}

function objectOrList(text: string): object | null {
  try {
    const value = parseJson(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
