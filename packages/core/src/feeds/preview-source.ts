import * as z from 'zod'
import { callPart } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedSettings } from '../connections/find-part.ts'
import { partInWords } from '../connections/part-in-words.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import type { OrgSession } from '../store/org-session.ts'
import { checkedPage } from './checked-page.ts'
import { checkConnection, chooseSource } from './queue-source.ts'
import { type RecordFault, rowsOfRecords } from './record-rows.ts'
import { type SourceChoice, sourceFields } from './start-source.ts'

const previewSchema = z.strictObject({
  plugin: sourceFields.plugin,
  part: sourceFields.part,
  connectionId: sourceFields.connectionId,
  settings: sourceFields.settings,
})

/** What the first records of a source would be. */
export interface SourcePreview {
  /** Their cells by key of the source, as the source gives them; at most ten. */
  readonly rows: readonly { readonly key: string; readonly cells: Readonly<Record<string, unknown>> }[]
  /** Records of the first page that do not fit. */
  readonly faults: readonly RecordFault[]
}

const mostRows = 10

/**
 * Reads the first page of a source and writes nothing.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, and what the vendor says
 */
export async function previewSource(
  env: ConnectionEnv,
  session: OrgSession,
  request: Pick<SourceChoice, 'plugin' | 'part' | 'connectionId' | 'settings'>,
  options: CallOptions = {},
): Promise<SourcePreview> {
  const source = await chooseSource(env, checkInput(previewSchema, request))
  const { plugin, part, connectionId } = source
  await session.read(options, (work) => checkConnection(work, source))
  const settings = await checkedSettings(plugin, part, source.settings)
  const { signal = new AbortController().signal } = options
  const call = {
    plugin,
    connectionId,
    part: partInWords.source(part.id),
    signal,
    timeoutMs: part.timeoutMs ?? 60_000,
  }
  const answered = await callPart(env, session, call, (ctx) =>
    part.readPage(ctx, { settings, cursor: undefined, since: undefined }),
  )
  const { records } = checkedPage(plugin, part, answered, undefined)
  const columns = Object.keys(part.columns).map((key) => ({ key, columnId: key, made: false }))
  const read = await rowsOfRecords({ plugin, part, source: '' }, records, columns, signal)
  return {
    rows: read.rows.slice(0, mostRows).map(({ externalKey = '', cells }) => ({ key: externalKey, cells })),
    faults: read.faults.slice(0, mostRows),
  }
}
