import type { OrgOps } from '@opslayer/core'

export interface VerifyOptions {
  /** Cells that are asked for. */
  readonly count: number
  readonly signal: AbortSignal
}

/**
 * Has Reoon's simulator verify a part of the contacts, so that the column shows every state: done, failed, skipped without
 * an address, stale after an edit, and not asked for yet.
 */
export async function verifyContacts(acme: OrgOps, tableId: string, { count, signal }: VerifyOptions): Promise<void> {
  const { id: connectionId } = await acme.connections.connect({
    plugin: 'reoon',
    name: 'Reoon (simulator on this machine)',
    credentials: { key: 'reoon-key' },
  })
  await acme.budgets.set({ unit: 'credit', plugin: 'reoon', perMonth: 5_000 })
  const fill = {
    plugin: 'reoon',
    part: 'verification',
    connectionId,
    settings: { mode: 'quick' },
    inputs: { email: { column: 'email' } },
  }
  const description = 'Asked of a simulator of Reoon on this machine; no address leaves it.'
  const { id: columnId } = await acme.columns.create(tableId, { name: 'Verification', description, fill }, { place: 2 })
  const run = await acme.cells.run(tableId, columnId, { limit: count })
  await acme.runs.wait(run.id, { signal })
  const [changed] = await acme.rows.window(tableId, {
    filter: { column: 'verification', state: 'done' },
    offset: 4,
    limit: 1,
  })
  if (changed === undefined) return
  await acme.rows.update(tableId, [{ id: changed.id, cells: { email: 'new.address@example.com' } }], { signal })
}
