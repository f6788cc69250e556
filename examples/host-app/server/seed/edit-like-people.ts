import type { CellsInput, Ops } from '@opslayer/core'
import type { Role } from '@opslayer/server'
import { actorOf, type Org } from '../members.ts'

/** Who changed what of the first rows, so that history and undo have something to show. */
const edits: readonly {
  readonly role: Role
  readonly table: 'contacts' | 'deals'
  readonly row: number
  readonly cells: CellsInput
}[] = [
  {
    role: 'editor',
    table: 'contacts',
    row: 0,
    cells: { lifecycle: 'Contacted', notes: 'Left a message with the desk.' },
  },
  { role: 'admin', table: 'contacts', row: 0, cells: { lifecycle: 'Meeting', tags: ['Champion'] } },
  { role: 'editor', table: 'contacts', row: 1, cells: { title: 'Head of Revenue Operations' } },
  { role: 'owner', table: 'contacts', row: 2, cells: { lifecycle: 'Unqualified' } },
  {
    role: 'editor',
    table: 'contacts',
    row: 2,
    cells: { lifecycle: 'Engaged', notes: 'Not so fast: wants to talk in spring.' },
  },
  { role: 'editor', table: 'deals', row: 0, cells: { stage: 'Proposal', probability: 0.5 } },
  { role: 'admin', table: 'deals', row: 0, cells: { amount: 84_000, next_step: 'Contract with legal' } },
  { role: 'owner', table: 'deals', row: 0, cells: { stage: 'Negotiation', probability: 0.75 } },
  { role: 'editor', table: 'deals', row: 1, cells: { next_step: 'Call with finance' } },
]

/** Makes the edits, each in the name of the member who has the role. */
export async function editLikePeople(
  ops: Ops,
  org: Org,
  tables: { readonly contacts: string; readonly deals: string },
  signal: AbortSignal,
): Promise<void> {
  for (const { role, table, row, cells } of edits) {
    const member = ops.forOrg({ orgId: org.id, actor: actorOf(org, role) })
    const [found] = await member.rows.window(tables[table], { offset: row, limit: 1 }, { signal })
    if (found !== undefined) await member.rows.update(tables[table], [{ id: found.id, cells }], { signal })
  }
}
