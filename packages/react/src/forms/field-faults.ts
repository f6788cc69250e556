import type { OpsFault } from '../data/ops-fault.ts'

type Path = readonly (string | number)[]

/** What the server refused of a form, for its fields. */
export interface FieldFaults {
  /** What is wrong with the field at a path, or with one below it. */
  at(...path: Path): string | undefined
  /** What no field of the form shows. */
  beside(...shown: readonly Path[]): string | null
}

export const noFaults: FieldFaults = { at: () => undefined, beside: () => null }

/** Sorts what a refusal says by the paths of the fields. @param under what all paths begin with, which fields leave out */
export function fieldFaults(fault: OpsFault | null, under: Path = []): FieldFaults {
  if (fault === null) return noFaults
  const told = fault.issues.length > 0 ? fault.issues : [{ path: fault.path, message: fault.message }]
  const issues = told.map(({ path, message }) => ({
    path: startsWith(path, under) ? path.slice(under.length) : path,
    message,
  }))
  return {
    at: (...path) => issues.find((issue) => path.length > 0 && startsWith(issue.path, path))?.message,
    beside(...shown) {
      const others = issues.filter(({ path }) => !shown.some((each) => startsWith(path, each)))
      return others.length === 0 ? null : others.map(({ message }) => message).join(' ')
    },
  }
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, place) => path[place] === step)
}
