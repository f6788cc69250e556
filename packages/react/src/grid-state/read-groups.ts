import type { RowGroup } from './lines.ts'
import type { RowsEndpoint } from './rows-endpoint.ts'

/** Groups of one read. */
const pageGroups = 1_000
/** More groups are not shown: nobody scrolls through them, and each read of them goes over all rows. */
const maxGroups = 10_000

export interface ReadGroups {
  readonly groups: readonly RowGroup[]
  /** How many there are; more than `groups` has where there are too many. */
  readonly total: number
}

/** Reads all groups, page by page. */
export async function readGroups(read: NonNullable<RowsEndpoint['groups']>, signal: AbortSignal): Promise<ReadGroups> {
  const groups: RowGroup[] = []
  for (;;) {
    const page = await read(groups.length, Math.min(pageGroups, maxGroups - groups.length), signal)
    groups.push(...page.groups)
    if (page.groups.length === 0 || groups.length >= Math.min(page.total, maxGroups)) {
      return { groups: withWholeLeaves(groups), total: page.total }
    }
  }
}

/** Cut off in the middle, a parent would count rows of children that are not there. */
function withWholeLeaves(groups: readonly RowGroup[]): readonly RowGroup[] {
  const last = groups.at(-1)
  if (last === undefined || groups.length < maxGroups) return groups
  const top = groups.findLastIndex(({ path }) => path.length === 1)
  return last.path.length === 1 && groups.every(({ path }) => path.length === 1)
    ? groups
    : groups.slice(0, Math.max(top, 1))
}
