import type { FilePlan } from './export-plan.ts'

/** What the columns are called in the file; null for nothing. */
export function headerOf({ columns }: FilePlan, header: 'names' | 'keys' | 'none'): readonly string[] | null {
  switch (header) {
    case 'names':
      return columns.map(({ name }) => name)
    case 'keys':
      return columns.map(({ key }) => key)
    case 'none':
      return null
    default:
      return header satisfies never
  }
}
