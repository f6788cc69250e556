import type { CellExplanation, OrgOps } from '@opslayer/core'
import type { startPaidVendor } from './paid-vendor.ts'

type PaidVendor = Awaited<ReturnType<typeof startPaidVendor>>

/** A column of words in capitals that a run of the paid vendor's part has filled, made of a formula over what people wrote. */
export interface FilledColumn {
  readonly tableId: string
  readonly columnId: string
  readonly part: string
  readonly connectionId: string
  readonly runId: string
}

/** What came out when every cell was asked where it is from. */
export interface Provenance {
  readonly cells: number
  /** Sum of what the cells say that they have cost. */
  readonly cost: number
  /** Cells whose requests the API log still knows. */
  readonly traced: number
  /** What does not agree with the vendor's own books, a sentence each. */
  readonly faults: readonly string[]
}

/** Cells that are asked about at one time. */
const atOnce = 8

/** Asks each cell where it is from, and compares that with what the vendor has done and charged for. */
export async function checkProvenance(acme: OrgOps, filled: FilledColumn, vendor: PaidVendor): Promise<Provenance> {
  const { tableId, columnId } = filled
  const charged = new Set(vendor.bill.entries.map(({ note }) => note))
  const faults: string[] = []
  let [cells, cost, traced] = [0, 0, 0]
  const lookAt = async (rowId: string, word: string): Promise<void> => {
    const told = await acme.cells.explain(tableId, rowId, columnId)
    cells += 1
    cost += told.cost?.amount ?? 0
    if (told.requests.length > 0) traced += 1
    const wrong = [...faultsOf(told, filled, word), ...foreignRequests(told, filled, word, vendor)]
    if (!charged.has(word)) wrong.push('the vendor has charged nothing for it')
    if (wrong.length > 0) faults.push(`${word}: ${wrong.join(', ')}`)
  }
  for await (const page of acme.rows.pages(tableId, { limit: 1_000 })) {
    const left = page.values()
    const work = async (): Promise<void> => {
      for (const { id, cells: row } of left) await lookAt(id, String(row.word))
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }
  return { cells, cost, traced, faults }
}

function faultsOf(told: CellExplanation, { part, connectionId, runId }: FilledColumn, word: string): string[] {
  const expected = {
    state: 'done',
    plugin: 'paid@1.2.0',
    part,
    provider: 'Paid',
    connection: connectionId,
    run: runId,
    cached: false,
    cost: { unit: 'credit', amount: 1 },
    inputs: { word },
    sameInputs: true,
    upstream: [
      { column: 'clean', by: 'formula', state: null },
      { column: 'word', by: 'people', state: null },
    ],
  }
  const found = told as unknown as Readonly<Record<string, unknown>>
  return Object.entries(expected).flatMap(([what, value]) =>
    JSON.stringify(found[what]) === JSON.stringify(value) ? [] : [`${what} is ${JSON.stringify(found[what])}`],
  )
}

/** Requests of a cell that the vendor knows to be about others. */
function foreignRequests(
  { requests }: CellExplanation,
  { connectionId, runId }: FilledColumn,
  word: string,
  { state }: PaidVendor,
): string[] {
  return requests
    .filter(
      (call) =>
        call.connectionId !== connectionId ||
        call.runId !== runId ||
        call.status !== 200 ||
        !(state.answered.get(call.requestId ?? '') ?? []).includes(word),
    )
    .map(({ requestId }) => `${requestId} was not about it`)
}
