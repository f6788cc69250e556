import { sql } from 'kysely'
import * as z from 'zod'
import { checkSettings } from '../catalog/column-input.ts'
import { fillInputSchema } from '../catalog/fill-definition.ts'
import { newRunId } from '../catalog/new-id.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Outcome } from '../plugin/cell-outcome.ts'
import { say } from '../sentences/say.ts'
import { fillSurroundings } from '../store/filled/change-fill.ts'
import { columnPart, defineFill, valueTypeOf } from '../store/filled/define-fill.ts'
import { readInputs } from '../store/filled/read-inputs.ts'
import type { OrgSession } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import { rowIdSchema } from '../store/row-id.ts'
import { isSeen } from '../store/seen-rows.ts'
import type { ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { ask, defaultTimeoutMs } from './ask.ts'
import { type AskedPart, askedPart } from './asked-part.ts'
import { findCached, keepAnswers } from './cache.repository.ts'
import { checkedOutcome } from './checked-outcome.ts'
import { costOf } from './outcome-cost.ts'
import {
  cacheKeysOf,
  isOpen,
  keyOf,
  type OpenQuestion,
  type Question,
  questionOf,
  unknownQuestions,
} from './question.ts'
import { type Reservation, reserve, type Spender, settle } from './spend.repository.ts'

/** Rows that a preview shows. */
const mostRows = 3

/** Time to settle what a preview has cost. */
const settlingMs = 60_000

export const previewSchema = z.strictObject({
  /** The fill of a column that is not there yet. */
  fill: fillInputSchema,
  /** @default the first three of the table */
  rows: z.array(rowIdSchema).min(1).max(mostRows).optional(),
  /** Whether the plugin is asked, which may cost. @default false: only what is known without asking */
  ask: z.boolean().optional(),
})

export type PreviewRequest = z.input<typeof previewSchema>

/** What the column would hold in one row. */
export interface CellPreview {
  readonly rowId: string
  /** What the plugin is asked, by the keys of its inputs. */
  readonly inputs: Readonly<Record<string, Json>>
  /** `open`: nobody knows before the plugin is asked. */
  readonly status: 'open' | 'done' | 'failed' | 'skipped'
  readonly value: Json
  readonly code: string | null
  readonly message: string | null
  /** Whether the answer was known already and costs nothing. */
  readonly cached: boolean
}

export interface CellsPreview {
  readonly rows: readonly CellPreview[]
  /** Id of the type of the column, and its settings. */
  readonly type: string
  readonly settings: Json
  /** What asking for the open rows costs at most or, once they were asked for, has cost; null for what costs nothing. */
  readonly cost: { readonly unit: string; readonly amount: number } | null
  /** Whether the part answers for single rows; else only a run can tell. */
  readonly canAsk: boolean
}

/** A column as far as an answer is checked against it. */
type Previewed = Pick<ColumnDefinition, 'name' | 'fill' | 'columnType' | 'settings'>

/**
 * What a plugin would give for a few rows of a column that is not made yet. Writes no cell. Answers are kept as those of
 * runs are, so that the first run does not pay for them again, and budgets count them.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`, `FORMULA_INVALID` for a fill that does not fit;
 * `QUOTA_EXHAUSTED` where a budget does not allow it; `UNSUPPORTED` for a part that takes only lists; what the vendor says
 */
export async function previewCells(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string,
  request: PreviewRequest,
  options: CallOptions = {},
): Promise<CellsPreview> {
  const checked = checkInput(previewSchema, request)
  const { column, rows, context } = await readPreviewed(session, tableId, checked, options)
  const asked = await askedPart(column, session.plugins)
  const questions = await Promise.all(rows.map((row) => questionOf(asked, row)))
  const cached = await session.read(options, ({ tx, org }) => findCached(tx.db, org.orgId, cacheKeysOf(questions)))
  const open = [...unknownQuestions(questions, cached).values()]
  const canAsk = asked.part.cell !== undefined || asked.part.batch !== undefined
  const answers =
    checked.ask === true && open.length > 0
      ? await askPaid(env, session, { asked, column, context, tableId, canAsk }, open, options)
      : { outcomes: new Map<string, Outcome<Json>>(), spent: open.length * asked.perItem }
  return {
    rows: questions.map((question) => {
      if (!isOpen(question)) return previewOf(question, checkedOutcome(question.settled, column, context), false)
      const known = cached.get(keyOf(question))
      if (known === undefined) return previewOf(question, answers.outcomes.get(keyOf(question)), false)
      return previewOf(question, checkedOutcome(known, column, context), true)
    }),
    type: column.columnType.id,
    settings: column.settings as Json,
    cost: asked.unit === null ? null : { unit: asked.unit, amount: answers.spent },
    canAsk,
  }
}

async function readPreviewed(
  session: OrgSession,
  tableId: string,
  { fill: input, rows: ids }: z.output<typeof previewSchema>,
  options: CallOptions,
) {
  return await session.readTable(tableId, options, async (work) => {
    const fill = defineFill(input, fillSurroundings(work.table.columns, work))
    const { part } = columnPart(work.plugins, fill)
    const { type, settings } = valueTypeOf(part)
    const columnType = work.types.get(type)
    const column: Previewed = { name: part.name, fill, columnType, settings: checkSettings(columnType, settings) }
    const all = physical.rows(work.org, work.table)
    const few =
      ids === undefined
        ? sql<boolean>`t._id in (select t._id from ${all} as t where ${isSeen(work)} order by t._id limit ${sql.lit(mostRows)})`
        : sql<boolean>`t._id = any (${[...ids]}::bigint[]) and ${isSeen(work)}`
    return { column, rows: await readInputs(work, fill, few), context: work.context }
  })
}

interface Preview {
  readonly asked: AskedPart
  readonly column: Previewed
  readonly context: ValueContext
  readonly tableId: string
  readonly canAsk: boolean
}

/** Asks for cells: what they may cost is put aside before, and settled whatever comes. */
async function askPaid(
  env: ConnectionEnv,
  session: OrgSession,
  { asked, column, context, tableId, canAsk }: Preview,
  open: readonly OpenQuestion[],
  options: CallOptions,
) {
  if (!canAsk)
    throw new OpsError(
      'UNSUPPORTED',
      say('"{part}" takes lists only: add the column and run it.', { part: asked.part.name }),
    )
  const spender: Spender = {
    orgId: session.orgId,
    timeZone: context.timeZone,
    runId: newRunId(),
    plugin: asked.plugin.id,
    unit: asked.unit ?? '',
    tableId,
    columnId: '',
  }
  const wanted = { items: open.length, perItem: asked.perItem, perMonth: null, maxCost: null, holdMs: holdMsOf(asked) }
  const put = await session.write(options, ({ tx }) => reserve(tx.db, spender, wanted))
  const outcomes = new Map<string, Outcome<Json>>()
  let spent = 0
  try {
    if (put.items < open.length)
      throw new OpsError(
        'QUOTA_EXHAUSTED',
        say('The budget for this month does not allow it. Raise the budget, or wait until next month.'),
      )
    const { signal = new AbortController().signal } = options
    const answers = await ask(env, session, asked, open, { runId: spender.runId, signal })
    for (const question of open) {
      const { rowId } = question
      if (!answers.outcomes.has(rowId)) continue
      const outcome = checkedOutcome(answers.outcomes.get(rowId), column, context)
      outcomes.set(keyOf(question), outcome)
      spent += costOf(asked, outcome, answers.acted.has(rowId))
    }
    if (answers.stop !== null) throw answers.stop
  } finally {
    await settlePreview(session, spender, put, { asked, open, outcomes, spent })
  }
  return { outcomes, spent }
}

/** A call whose token was refused is made twice; whoever has not settled by then is gone. */
function holdMsOf({ part }: AskedPart): number {
  return 2 * (part.timeoutMs ?? defaultTimeoutMs) + settlingMs
}

async function settlePreview(
  session: OrgSession,
  spender: Spender,
  { items, month }: Reservation,
  {
    asked,
    open,
    outcomes,
    spent,
  }: Pick<Preview, 'asked'> & {
    readonly open: readonly OpenQuestion[]
    readonly outcomes: ReadonlyMap<string, Outcome<Json>>
    readonly spent: number
  },
): Promise<void> {
  const kept = open.flatMap(({ cacheKey }) => {
    const outcome = cacheKey === null ? undefined : outcomes.get(cacheKey)
    return cacheKey === null || outcome?.status !== 'done'
      ? []
      : [{ key: cacheKey, outcome: outcome as unknown as Json }]
  })
  await session.write({}, async ({ tx, org }) => {
    await keepAnswers(tx.db, org.orgId, kept, asked.part.cache?.ttlMs ?? 0)
    const reserved = items * asked.perItem
    await settle(tx.db, spender, { month, reserved, spent, unused: items - outcomes.size })
  })
}

function previewOf({ rowId, inputs }: Question, outcome: Outcome<Json> | undefined, cached: boolean): CellPreview {
  const shared = { rowId, inputs, cached, value: null, code: null, message: null }
  switch (outcome?.status) {
    case undefined:
      return { ...shared, status: 'open' }
    case 'done':
      return { ...shared, status: 'done', value: outcome.value }
    case 'failed':
      return { ...shared, status: 'failed', code: outcome.code, message: outcome.message }
    case 'skipped':
      return { ...shared, status: 'skipped', message: outcome.reason }
    default:
      return outcome satisfies never
  }
}
