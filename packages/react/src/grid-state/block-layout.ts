import type { Json } from '@opslayer/core/values'
import { lastAtMost } from './last-at-most.ts'
import type { RowGroup } from './lines.ts'

/** Rows that are read together. */
export interface Block {
  /** Place of its first row among all rows. */
  readonly first: number
  readonly size: number
  /** The group that it lies in, and how far from its beginning; null without groups. */
  readonly group: { readonly path: readonly Json[]; readonly offset: number } | null
}

/** How all rows are cut into blocks. */
export interface BlockLayout {
  readonly isGrouped: boolean
  /** The number of the block that a row lies in. */
  blockOf(index: number): number
  /** A block by its number. */
  block(number: number): Block
}

/** Blocks of one size, without an end. */
export function evenBlocks(blockRows: number): BlockLayout {
  return {
    isGrouped: false,
    blockOf: (index) => Math.floor(index / blockRows),
    block: (number) => ({ first: number * blockRows, size: blockRows, group: null }),
  }
}

/** Blocks that lie in one group each, so that no row is ever shown below the heading of another group. */
export function groupedBlocks(groups: readonly RowGroup[], blockRows: number): BlockLayout {
  const leaves = leafGroups(groups)
  const firstRows: number[] = []
  const firstBlocks: number[] = []
  let [rows, blocks] = [0, 0]
  for (const { count } of leaves) {
    firstRows.push(rows)
    firstBlocks.push(blocks)
    rows += count
    blocks += Math.ceil(count / blockRows)
  }
  return {
    isGrouped: true,
    blockOf(index) {
      const leaf = lastAtMost(firstRows, index)
      return (firstBlocks[leaf] ?? 0) + Math.floor((index - (firstRows[leaf] ?? 0)) / blockRows)
    },
    block(number) {
      const leaf = lastAtMost(firstBlocks, number)
      const offset = (number - (firstBlocks[leaf] ?? 0)) * blockRows
      const { path = [], count = 0 } = leaves[leaf] ?? {}
      const size = Math.max(0, Math.min(blockRows, count - offset))
      return { first: (firstRows[leaf] ?? 0) + offset, size, group: { path, offset } }
    },
  }
}

/** The groups that hold rows and not groups. */
export function leafGroups(groups: readonly RowGroup[]): readonly RowGroup[] {
  const deepest = groups.reduce((depth, { path }) => Math.max(depth, path.length), 0)
  return groups.filter(({ path }) => path.length === deepest)
}
