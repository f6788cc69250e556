import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { findColumn } from '../catalog/table-definition.ts'
import { type CallOptions, one } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Run } from '../runs/run.ts'
import { getRun } from '../runs/runs.service.ts'
import { say } from '../sentences/say.ts'
import { isAmong } from '../store/filled/among-rows.ts'
import { isSelected, markCells, type WhichCells } from '../store/filled/claim-cells.ts'
import { fillFault } from '../store/filled/public-fill.ts'
import { readInputs } from '../store/filled/read-inputs.ts'
import { startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import { queueRun } from '../store/queue-run.ts'
import { type StartOptions, startedRun } from '../store/started-run.ts'
import type { Json } from '../values/json.ts'
import { filterOfView } from '../views/read-through-view.ts'
import { type AskedPart, askedPart } from './asked-part.ts'
import { findCached } from './cache.repository.ts'
import { type CellsRequest, type CellsRunRequest, cellsRequestSchema, runRequestSchema } from './cell-requests.ts'
import { selectionOf } from './claim-next.ts'
import { columnKind } from './column-run.ts'
import { countHeld, isNobodys, lockClaims, type OtherRuns, othersOn } from './other-runs.ts'
import { cacheKeysOf, isOpen, questionOf, unknownQuestions } from './question.ts'

/** What a run would do, as far as can be told without asking the vendor. */
export interface CellsEstimate {
  /** Cells that the run would deal with. */
  readonly rows: number
  /** Of them, cells whose answer is known already and costs nothing. */
  readonly cached: number
  /** Of them, cells that nobody is asked for: the row does not satisfy the run condition, or an input is empty. */
  readonly skipped: number
  /** Cells that the plugin is asked for. */
  readonly asked: number
  /** What they cost at most; null for what costs nothing. */
  readonly cost: { readonly unit: string; readonly amount: number } | null
  /** Whether every cell was looked at; else the figures follow from a sample of them. */
  readonly exact: boolean
}

/** Cells that are looked at one by one. */
const sampleSize = 2_000

/** Cells of an interactive run: it goes before others. */
const interactiveCells = 100

/**
 * What a run over cells would ask for and cost.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
 */
export async function estimateCells(
  session: OrgSession,
  tableId: string,
  columnId: string,
  request: CellsRequest = {},
  options: CallOptions = {},
): Promise<CellsEstimate> {
  const checked = checkInput(cellsRequestSchema, request)
  const { asked, total, sample } = await session.readTable(tableId, options, async (work) => {
    const column = filledColumn(work, columnId)
    const part = await askedPart(column, work.plugins)
    const input = await runInput(work, column, checked)
    const wanted = sql<boolean>`${isSelected(work, selectionOf(column, input))} and ${isNobodys(column, await othersOn(work, column, ''))}`
    const rows = physical.rows(work.org, work.table)
    const { count } = one(
      await work.tx.all(sql<{ count: number }>`select count(*)::int as count from ${rows} as t where ${wanted}`),
    )
    const few = sql<boolean>`t._id in (select t._id from ${rows} as t where ${wanted} order by t._id limit ${sql.lit(sampleSize)})`
    return { asked: part, total: count, sample: await readInputs(work, part.fill, few) }
  })
  const questions = await Promise.all(sample.map((row) => questionOf(asked, row)))
  const open = questions.filter(isOpen)
  const known = await session.read(options, ({ tx, org }) => findCached(tx.db, org.orgId, cacheKeysOf(open)))
  const cached = open.length - unknownQuestions(open, known).size
  return scaled({ asked, total, sampled: sample.length, skipped: questions.length - open.length, cached })
}

function scaled(found: {
  readonly asked: AskedPart
  readonly total: number
  readonly sampled: number
  readonly skipped: number
  readonly cached: number
}): CellsEstimate {
  const { asked, total, sampled } = found
  const factor = sampled === 0 ? 0 : total / sampled
  const skipped = Math.round(found.skipped * factor)
  const cached = Math.round(found.cached * factor)
  const calls = Math.max(0, total - skipped - cached)
  const cost = asked.unit === null ? null : { unit: asked.unit, amount: calls * asked.perItem }
  return { rows: total, cached, skipped, asked: calls, cost, exact: sampled === total }
}

/**
 * Starts a run that has a plugin give cells of a column.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`; `CONFLICT` for a fill that no longer fits, or the key of another run
 */
export async function runCells(
  session: OrgSession,
  tableId: string,
  columnId: string,
  request: CellsRunRequest = {},
  options: CallOptions & StartOptions = {},
): Promise<Run> {
  const checked = checkInput(runRequestSchema, request)
  return await startColumnRun(session, tableId, columnId, options, async (column, work) => {
    const perRun = column.fill?.limits.perRun ?? null
    return {
      ...(await runInput(work, column, checked)),
      limit: checked.limit === undefined ? perRun : Math.min(checked.limit, perRun ?? checked.limit),
      maxCost: checked.maxCost ?? null,
    }
  })
}

type ColumnInput = Omit<Awaited<ReturnType<typeof runInput>>, 'which'> & { readonly which: WhichCells }

/** Queues a run over a column; cells of named rows wait from here on, before everybody's eyes. */
export async function startColumnRun(
  session: OrgSession,
  tableId: string,
  columnId: string,
  options: CallOptions & StartOptions,
  inputOf: (column: ColumnDefinition, work: TableWork) => ColumnInput | Promise<ColumnInput>,
): Promise<Run> {
  const log = startOperation(session.actor, options)
  const runId = await session.writeTable(tableId, options, async (work) => {
    const { table } = work
    const started = await startedRun(work, columnKind, table.id, options)
    if (started !== undefined) return started
    const column = filledColumn(work, columnId)
    const fault = fillFault(column, table, work.plugins)
    if (fault !== null)
      throw new OpsError(
        'CONFLICT',
        say('Nothing can be asked for "{column}": {~fault}', { column: column.name, fault }),
      )
    const input = await inputOf(column, work)
    if (input.rows !== null) await lockClaims(work, column)
    const others = await othersOn(work, column, '')
    const wanted = sql<boolean>`${isSelected(work, selectionOf(column, input))} and ${isNobodys(column, others)}`
    const marked =
      input.rows === null
        ? null
        : await markCells(
            work,
            column,
            { state: 'queued', after: '0', limit: input.rows.length, condition: wanted },
            log,
          )
    const held = marked === null || input.rows === null ? 0 : await leftOf(work, column, input.rows, marked, others)
    const total = marked?.length ?? (await countSelected(work, wanted))
    const lane = input.which === 'changed' ? 1 : marked !== null && marked.length <= interactiveCells ? 0 : 2
    const id = await queueRun(work, {
      kind: columnKind,
      tableId: table.id,
      input: { ...input, rows: marked, held },
      total: Math.min(total, input.limit ?? total),
      lane,
      operation: log.operation.id,
      cause: options.cause,
      key: options.key,
    })
    work.wake(id, lane)
    return id
  })
  return await getRun(session, runId, options)
}

/** Cells of named rows that others have in hand, where not all of them were marked. */
async function leftOf(
  work: TableWork,
  column: ColumnDefinition,
  rows: readonly string[],
  marked: readonly string[],
  others: OtherRuns,
): Promise<number> {
  if (others.count === 0 || marked.length === rows.length) return 0
  return (await countHeld(work, column, others, isAmong(rows))) - marked.length
}

async function countSelected(work: TableWork, wanted: RawBuilder<boolean>): Promise<number> {
  const rows = physical.rows(work.org, work.table)
  return one(await work.tx.all(sql<{ count: number }>`select count(*)::int as count from ${rows} as t where ${wanted}`))
    .count
}

async function runInput(work: TableWork, column: ColumnDefinition, { which, rows, filter, view }: CellsRequest) {
  const ofView = view === undefined ? null : await filterOfView(work, view)
  return {
    columnId: column.id,
    which: which ?? (rows === undefined ? ('empty' as const) : ('all' as const)),
    rows: rows === undefined ? null : [...new Set(rows)],
    filter: (ofView === null ? (filter ?? null) : { and: [ofView, ...(filter === undefined ? [] : [filter])] }) as Json,
    failedIn: null as string | null,
    limit: null as number | null,
    maxCost: null as number | null,
  }
}

/** @throws OpsError `NOT_FOUND`; `INVALID_INPUT` for a column that no plugin fills */
function filledColumn({ table }: Pick<TableWork, 'table'>, columnId: string): ColumnDefinition {
  const column = findColumn(table, columnId)
  if (column.fill !== null) return column
  throw new OpsError('INVALID_INPUT', say('No plugin fills "{column}".', { column: column.name }), {
    path: ['columnId'],
  })
}
