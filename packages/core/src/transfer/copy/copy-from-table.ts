import * as z from 'zod'
import {
  type ColumnDefinition,
  findColumn,
  refuseMissingType,
  type TableDefinition,
  writeRefusal,
} from '../../catalog/table-definition.ts'
import { loadTable, tableNotFound } from '../../catalog/tables.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { checkFilter } from '../../query/check-filter.ts'
import type { Filter } from '../../query/filter.ts'
import type { Run } from '../../runs/run.ts'
import { getRun } from '../../runs/runs.service.ts'
import { say } from '../../sentences/say.ts'
import { applyColumnImage } from '../../store/apply-column-image.ts'
import { type OperationLog, startOperation } from '../../store/operation-log.ts'
import type { OrgSession, TableWork } from '../../store/org-session.ts'
import { queryTableOf } from '../../store/query-table-of.ts'
import { queueRun } from '../../store/queue-run.ts'
import { type StartOptions, startedRun } from '../../store/started-run.ts'
import type { Json } from '../../values/json.ts'
import { nameKey, type OptionSettings } from '../../values/options.ts'
import { withOptions } from '../with-options.ts'
import type { CopyInput } from './copy-input.ts'

const requestSchema = z.strictObject({
  /** Id of the table that rows come from. */
  from: z.string().max(100),
  filter: z.custom<Filter>().optional(),
  columns: z
    .array(z.strictObject({ from: z.string().max(100), to: z.string().max(100) }))
    .min(1)
    .max(400)
    .optional(),
  dedupe: z.array(z.string().max(100)).max(10).default([]),
  copied: z.enum(['update', 'keep']).default('update'),
  gone: z.enum(['keep', 'delete']).default('keep'),
  onInvalid: z.enum(['keep', 'reject']).default('keep'),
})

/** What is copied from another table of the org. Columns by id or key. */
export interface CopyRequest {
  /** Id of the table that rows come from. */
  readonly from: string
  /** Which of its rows. @default all */
  readonly filter?: Filter | undefined
  /**
   * Which column goes where. Both are of one type, or hold texts and go into a text. Options go by their names; those
   * that the target does not have are added. @default columns with the same key and type
   */
  readonly columns?: readonly { readonly from: string; readonly to: string }[] | undefined
  /** Columns of the target: a row that agrees in all of them with one that is there is not copied. @default none */
  readonly dedupe?: readonly string[] | undefined
  /** What becomes of rows that were copied before and have changed since, here or there. @default 'update' */
  readonly copied?: 'update' | 'keep' | undefined
  /** What becomes of copies whose origin was deleted, or no longer satisfies the filter. @default 'keep' */
  readonly gone?: 'keep' | 'delete' | undefined
  /**
   * A cell that the target's column refuses, by its rule say: its text is kept beside the row as a warning, or the row is
   * rejected. Rows that break uniqueness are always rejected. `imports.errorFile` of the run has what was rejected.
   *
   * @default 'keep'
   */
  readonly onInvalid?: 'keep' | 'reject' | undefined
}

/**
 * Starts copying rows from another table of the org, as a run. Each copy knows its origin: the same call, made later,
 * brings the copies up to date and adds what is new. The copies are rows of their own; deleting the origin harms none.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
 */
export async function copyFromTable(
  session: OrgSession,
  tableId: string,
  request: CopyRequest,
  options: CallOptions & StartOptions = {},
): Promise<Run> {
  const checked = checkInput(requestSchema, request)
  if (!/^\w+$/.test(checked.from)) throw tableNotFound(checked.from)
  const log = startOperation(session.actor, options)
  const runId = await session.defineTable(tableId, options, async (work) => {
    const { tx, org, types, table } = work
    const started = await startedRun(work, 'copy', table.id, options)
    if (started !== undefined) return started
    const source = await loadTable(tx.db, types, org.orgId, checked.from)
    if (source.id === table.id) {
      throw new OpsError(
        'INVALID_INPUT',
        say('A table cannot be copied into itself; `tables.duplicate` makes another.'),
        {
          path: ['from'],
        },
      )
    }
    if (checked.filter !== undefined)
      checkFilter(checked.filter, queryTableOf({ ...work, table: source }), work.context)
    const pairs =
      checked.columns === undefined ? sameColumns(source, table) : chosenColumns(source, table, checked.columns)
    const dedupe = checked.dedupe.map((column) => findColumn(table, column).id)
    const unmapped = dedupe.find((id) => !pairs.some(({ to }) => to.id === id))
    if (unmapped !== undefined) {
      throw new OpsError(
        'INVALID_INPUT',
        say('No column is copied into {column}.', { column: findColumn(table, unmapped).name }),
        {
          path: ['dedupe'],
        },
      )
    }
    for (const pair of pairs) await addMissingOptions(work, pair, log)
    const input: CopyInput = {
      source: source.id,
      filter: checked.filter ?? null,
      columns: pairs.map(({ from, to }) => ({ from: from.id, to: to.id })),
      headers: pairs.map(({ from }) => from.name),
      dedupe,
      update: checked.copied === 'update',
      onInvalid: checked.onInvalid,
      deleteGone: checked.gone === 'delete',
    }
    const { id } = log.operation
    const { cause, key } = options
    return await queueRun(work, { kind: 'copy', tableId: table.id, input, operation: id, cause, key })
  })
  session.wakeRun(runId)
  return await getRun(session, runId, options)
}

interface Pair {
  readonly from: ColumnDefinition
  readonly to: ColumnDefinition
}

function sameColumns(source: TableDefinition, target: TableDefinition): readonly Pair[] {
  const pairs = target.columns.flatMap((to) => {
    const from = source.columns.find(({ key, type }) => key === to.key && type === to.type)
    return from === undefined || writeRefusal(to) !== null ? [] : [{ from, to }]
  })
  if (pairs.length > 0) return pairs
  throw new OpsError(
    'INVALID_INPUT',
    say('The tables have no column with the same key and type: say which goes where.'),
    {
      path: ['columns'],
    },
  )
}

function chosenColumns(
  source: TableDefinition,
  target: TableDefinition,
  columns: readonly { readonly from: string; readonly to: string }[],
): readonly Pair[] {
  const pairs = columns.map(({ from, to }) => ({ from: findColumn(source, from), to: findColumn(target, to) }))
  for (const [place, { from, to }] of pairs.entries()) {
    const refuse = (why: string): never => {
      throw new OpsError('INVALID_INPUT', why, { path: ['columns', place] })
    }
    refuseMissingType(to, ['columns', place])
    if (to.formula !== null) refuse(say('{column} is computed by its formula.', { column: to.name }))
    if (pairs.findIndex((other) => other.to.id === to.id) < place)
      refuse(say('Two columns go to {column}.', { column: to.name }))
    if (!isCopyable(from, to)) {
      refuse(
        say('{column} ({type}) does not fit into {target} ({other}); retype one.', {
          column: from.name,
          type: from.columnType.label,
          target: to.name,
          other: to.columnType.label,
        }),
      )
    }
  }
  return pairs
}

/** Of one type, or any text into a text. */
function isCopyable(from: ColumnDefinition, to: ColumnDefinition): boolean {
  if (from.type === to.type) return from.columnType.storage === to.columnType.storage
  const isText = from.columnType.storage === 'text' && from.columnType.sort !== 'option-order'
  return isText && (to.type === 'text' || to.type === 'long_text')
}

/** Gives the target the options of the source that it does not have yet. */
async function addMissingOptions(work: TableWork, { from, to }: Pair, log: OperationLog): Promise<void> {
  if (to.columnType.sort !== 'option-order') return
  const known = new Set(optionsOf(to).map(({ name }) => nameKey(name)))
  const missing = optionsOf(from).flatMap(({ name }) => (known.has(nameKey(name)) ? [] : [name]))
  if (missing.length === 0) return
  await applyColumnImage(work, log, to, { settings: withOptions(to, missing) as unknown as Json })
}

function optionsOf({ settings }: ColumnDefinition): OptionSettings['options'] {
  return (settings as unknown as OptionSettings).options
}
