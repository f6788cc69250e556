import { gunzipSync, gzipSync } from 'node:zlib'
import { findRunOutput, insertRunOutput } from '../catalog/run-outputs.repository.ts'
import type { TableWork } from '../store/org-session.ts'

/** Ids of the rows that a run has seen: eight bytes each in memory. */
export interface SeenRows {
  has(id: string): boolean
}

/** Keeps the ids of a page's rows, in the transaction that writes them. */
export async function keepSeen({ tx, org }: TableWork, runId: string, part: number, ids: readonly string[]) {
  const bytes = Buffer.from(Float64Array.from(ids, Number).buffer)
  await insertRunOutput(tx.db, org.orgId, runId, part, gzipSync(bytes))
}

/** All ids that a run has kept. */
export async function readSeen({ tx, org }: TableWork, runId: string, parts: number): Promise<SeenRows> {
  const pages: Float64Array[] = []
  for (let part = 0; part < parts; part += 1) {
    const content = await findRunOutput(tx.db, org.orgId, runId, part)
    if (content === undefined) continue
    const bytes = gunzipSync(content)
    pages.push(new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)))
  }
  const all = new Float64Array(pages.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const page of pages) {
    all.set(page, from)
    from += page.length
  }
  all.sort()
  return { has: (id) => includes(all, Number(id)) }
}

function includes(sorted: Float64Array, value: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value
}
