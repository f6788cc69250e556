/** The call that the caret stands in. */
export interface EnclosingCall {
  /** In capitals. */
  readonly name: string
  /** Which argument, from 0. */
  readonly argument: number
}

/** The innermost call around the caret, or null. Texts and column names hold no calls. */
export function enclosingCall(source: string, caret: number): EnclosingCall | null {
  const before = source
    .slice(0, caret)
    .replace(/"(?:[^"]|"")*"?|'(?:[^']|'')*'?|@\{[^{}]*\}?/g, (text) => '_'.repeat(text.length))
  let depth = 0
  let argument = 0
  for (let at = before.length - 1; at >= 0; at--) {
    const character = before[at]
    if (character === ')') depth++
    else if (character === ',' && depth === 0) argument++
    else if (character === '(') {
      if (depth > 0) depth--
      else {
        const name = /([a-z][a-z0-9_.]*)\s*$/i.exec(before.slice(0, at))?.[1]
        if (name !== undefined) return { name: name.toUpperCase(), argument }
        argument = 0
      }
    }
  }
  return null
}
