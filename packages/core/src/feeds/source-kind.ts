import { callPart } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import { defineRunKind, type OpenRun, type PrepareTools, type Progress } from '../runs/run-kind.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { deleteRowsOf, rowsOfSource } from '../store/source-rows.ts'
import { addNamedOptions } from './add-options.ts'
import { checkedPage } from './checked-page.ts'
import { changeFeed } from './feeds.repository.ts'
import { type RecordRows, rowsOfRecords } from './record-rows.ts'
import { keepSeen, readSeen, type SeenRows } from './seen-rows.ts'
import { type SourceCheckpoint, type SourceInput, sourceCheckpointSchema, sourceInputSchema } from './source-input.ts'
import { writeRecords } from './write-records.ts'

type SourceRun = OpenRun<SourceInput, SourceCheckpoint>

/** What a step does: write a page, or delete some of the rows whose record is gone. */
type SourceStep =
  | { readonly do: 'write'; readonly records: RecordRows; readonly nextCursor: string | undefined }
  | { readonly do: 'delete'; readonly seen: { rows?: SeenRows } }

/** Rows that are looked at in a step for being gone. */
const lookedAt = 5_000

const timeoutMs = 60_000

/** Reads a source into a table: once (`source`), or as a run of a saved feed (`sync`). */
export function sourceKinds(env: ConnectionEnv) {
  return (['source', 'sync'] as const).map((id) =>
    defineRunKind<SourceInput, SourceCheckpoint, SourceStep>({
      id,
      input: sourceInputSchema,
      checkpoint: sourceCheckpointSchema,
      calls: ({ plugin, part }) => whereCalled(plugin, partInWords.source(part)),
      prepare: (run, tools) => readPages(env, run, tools),
      step: async (work, run, { log, prepared }) =>
        prepared.do === 'write'
          ? await writePage(work, run, prepared, log)
          : await deleteGone(work, run, prepared.seen, log),
    }),
  )
}

/** The next page is read while this one is written. */
async function* readPages(
  env: ConnectionEnv,
  { id: runId, tableId, input, checkpoint, takeovers }: SourceRun,
  { session, signal, log, suspect }: PrepareTools,
): AsyncGenerator<SourceStep> {
  const plugin = env.plugins.get(input.plugin)
  const part = findPart(plugin, 'sources', input.part)
  const settings = await checkedSettings(plugin, part, input.settings)
  const since = input.since === null ? undefined : new Date(input.since)
  const call = {
    plugin,
    connectionId: input.connectionId,
    part: partInWords.source(part.id),
    runId,
    signal,
    timeoutMs: part.timeoutMs ?? timeoutMs,
  }
  if (takeovers > 0) await suspect()
  let cursor = checkpoint?.cursor ?? undefined
  for (let more = checkpoint?.phase !== 'gone'; more; ) {
    const answered = await callPart(env, session, call, (ctx) => part.readPage(ctx, { settings, cursor, since }))
    const page = checkedPage(plugin, part, answered, cursor)
    const records = await rowsOfRecords({ plugin, part, source: input.source }, page.records, input.columns, signal)
    await addNamedOptions(session, tableId, records, input.columns, log, signal)
    yield { do: 'write', records, nextCursor: page.nextCursor }
    cursor = page.nextCursor
    more = cursor !== undefined
  }
  const seen = {}
  for (;;) yield { do: 'delete', seen }
}

async function writePage(
  work: TableWork,
  { id, input, checkpoint, progress }: SourceRun,
  { records, nextCursor }: Extract<SourceStep, { do: 'write' }>,
  log: OperationLog,
) {
  const { seen = 0, problems = [] } = checkpoint ?? {}
  const written = await writeRecords(work, records, input.columns, problems, log)
  const keeps = input.gone === 'delete' && input.since === null && written.ids.length > 0
  if (keeps) await keepSeen(work, id, seen, written.ids)
  const after = counted(progress, records.rows.length + records.faults.length, written.counts)
  const isLast = nextCursor === undefined
  // Who could not read all records cannot tell which are gone.
  const looksForGone = input.gone === 'delete' && input.since === null && (after.counts.failed ?? 0) === 0
  const finished = isLast && !looksForGone
  if (finished) await noteSynced(work, input)
  return {
    checkpoint: {
      phase: isLast ? ('gone' as const) : ('read' as const),
      cursor: nextCursor ?? null,
      seen: keeps ? seen + 1 : seen,
      after: '0',
      problems: [...written.problems],
    },
    progress: after,
    finished,
  }
}

async function deleteGone(
  work: TableWork,
  { id, input, checkpoint, progress }: SourceRun,
  read: { rows?: SeenRows },
  log: OperationLog,
) {
  const now = checkpoint ?? { phase: 'gone' as const, cursor: null, seen: 0, after: '0', problems: [] }
  // What is kept of a run does not change any more: read once.
  read.rows ??= await readSeen(work, id, now.seen)
  const { rows: seen } = read
  const { madeBefore } = input
  const ids = await rowsOfSource(work, input.source, { after: now.after, madeBefore, limit: lookedAt })
  const deleted = await deleteRowsOf(
    work,
    ids.filter((row) => !seen.has(row)),
    log,
  )
  const finished = ids.length < lookedAt
  if (finished) await noteSynced(work, input)
  return {
    checkpoint: { ...now, after: ids.at(-1) ?? now.after },
    progress: counted(progress, 0, { deleted }),
    finished,
  }
}

/** The feed's next run reads on from where this one began. */
async function noteSynced({ tx, org }: TableWork, { feed, startedAt }: SourceInput): Promise<void> {
  if (feed !== null) await changeFeed(tx.db, org.orgId, feed, { since: startedAt })
}

function counted({ done, total, counts }: Progress, more: number, added: Readonly<Record<string, number>>): Progress {
  const zero = { created: 0, updated: 0, unchanged: 0, failed: 0, warnings: 0, deleted: 0, ...counts }
  const sums = Object.entries(zero).map(([name, count]) => [name, count + (added[name] ?? 0)] as const)
  return { done: done + more, total, counts: Object.fromEntries(sums) }
}
