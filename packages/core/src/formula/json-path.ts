import { say } from '../sentences/say.ts'

/** The most steps of a path. */
const mostSteps = 20

/** The steps of a path such as `company.offices[0].city`, or why it is none. */
export function readJsonPath(path: string): { readonly steps: readonly string[] } | { readonly fault: string } {
  const steps: string[] = []
  for (let at = 0; at < path.length; ) {
    if (path[at] === '[') {
      const match = /^\[(-?\d{1,6})\]/.exec(path.slice(at, at + 12))
      if (match === null) return { fault: say('between [ ] stands the place in a list, counted from 0') }
      steps.push(match[1] ?? '')
      at += match[0].length
    } else {
      if (path[at] === '.' && steps.length > 0) at += 1
      const end = path.slice(at).search(/[.[]/)
      const step = end < 0 ? path.slice(at) : path.slice(at, at + end)
      if (step === '') return { fault: say('a name is missing; a path reads company.offices[0].city') }
      steps.push(step)
      at += step.length
    }
  }
  return steps.length > mostSteps
    ? { fault: say('a path has at most {#count} steps', { count: mostSteps }) }
    : { steps }
}
