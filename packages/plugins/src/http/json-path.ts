import type { Json } from '@opslayer/core/plugin'

const step = /^(?:\.?([A-Za-z_$][\w$-]*)|\[(\d{1,9})\]|\["([^"\]]+)"\])/

/** The steps of a path such as `data.items[0]["full name"]`; undefined if it is none. The empty path is the whole. */
export function jsonPath(path: string): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = []
  let rest = path.trim().replace(/^\$/, '')
  while (rest !== '') {
    const found = step.exec(rest)
    if (found === null) return undefined
    const [whole, name, index, quoted] = found
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index))
    rest = rest.slice(whole.length)
  }
  return steps
}

/** What lies at a path; undefined if nothing does. Only what the JSON itself holds is found. */
export function atPath(json: Json, steps: readonly (string | number)[]): Json | undefined {
  let present: Json | undefined = json
  for (const each of steps) {
    if (typeof present !== 'object' || present === null || !Object.hasOwn(present, each)) return undefined
    present = (present as Readonly<Record<string | number, Json>>)[each]
  }
  return present
}
