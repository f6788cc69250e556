import type { TableDefinition } from '../catalog/table-definition.ts'
import { updateTable } from '../catalog/tables.repository.ts'
import type { OrgSession } from './org-session.ts'
import { createExternalIndex, createPlacesIndex, createSideTable } from './table-ddl.ts'

/**
 * What a physical table gets when it is first needed: the side table with the first text that is kept beside a cell,
 * the index of external keys with the first key, the index of places with the first row that is put at one. Each costs
 * a backend some 10 KB of memory for every table it touches; an index costs loads a quarter of their time as well.
 */
export type TablePart = 'side' | 'external' | 'places'

const parts = {
  side: { flag: 'hasSide', make: createSideTable },
  external: { flag: 'hasExternal', make: createExternalIndex },
  places: { flag: 'hasPlaces', make: createPlacesIndex },
} as const satisfies Record<TablePart, unknown>

/** Thrown where a part is found missing in the middle of a write. */
export class PartMissing extends Error {
  readonly part: TablePart

  constructor(part: TablePart) {
    super(`The table has no part "${part}" yet.`)
    this.part = part
  }
}

/** The part that rows need and the table does not have. */
export function missingPart(
  table: TableDefinition,
  inputs: readonly { readonly externalKey?: string | undefined }[],
  rows: readonly { readonly kept: readonly unknown[] }[] = [],
): TablePart | undefined {
  if (!table.hasExternal && inputs.some(({ externalKey }) => externalKey !== undefined)) return 'external'
  return !table.hasSide && rows.some(({ kept }) => kept.length > 0) ? 'side' : undefined
}

/** Makes a part unless another call has. */
export async function ensurePart(session: OrgSession, tableId: string, part: TablePart): Promise<void> {
  await session.defineTable(tableId, { part: true }, async ({ tx, org, table }) => {
    const { flag, make } = parts[part]
    if (table[flag]) return
    await make(tx, org, table)
    await updateTable(tx.db, org.orgId, tableId, { [flag]: true })
  })
}
