import { saveImportMapping } from '../../catalog/import-mappings.repository.ts'
import { findColumn, refuseMissingType, type TableDefinition } from '../../catalog/table-definition.ts'
import { loadTable } from '../../catalog/tables.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import type { Run } from '../../runs/run.ts'
import { getRun } from '../../runs/runs.service.ts'
import { say } from '../../sentences/say.ts'
import { addColumn } from '../../store/columns.service.ts'
import { defineColumns } from '../../store/formulas/define-columns.ts'
import { matchColumn } from '../../store/match-rows.ts'
import { type OperationLog, startOperation } from '../../store/operation-log.ts'
import type { OrgSession, TableWork, Work } from '../../store/org-session.ts'
import { queueRun } from '../../store/queue-run.ts'
import { type StartOptions, startedRun } from '../../store/started-run.ts'
import { logTableMade, makeTable } from '../../store/tables.service.ts'
import type { FileStore } from '../file-store.ts'
import {
  type ImportPlan,
  type ImportPlanInput,
  importPlanSchema,
  type PlannedColumn,
} from '../understand/import-plan.ts'
import { headerFingerprint, savedMapping } from '../understand/saved-mapping.ts'
import type { ImportInput } from './import-input.ts'
import { type ImportSettings, type ImportSettingsInput, importSettingsSchema } from './import-settings.ts'
import { ownColumns } from './rejected-rows.ts'
import { forgetStored, storeSource } from './stored-source.ts'
import { asUpload, type ImportFile } from './uploads.ts'

export interface ImportOptions extends CallOptions, StartOptions {
  /** What the file is called, where it does not say so itself. */
  readonly name?: string | undefined
}

/** Everything about an import: the plan, and how it deals with rows that are there. */
export type ImportRequest = ReadonlyLists<ImportPlanInput> & ReadonlyLists<ImportSettingsInput>

type ReadonlyLists<Input> = {
  readonly [Member in keyof Input]: Input[Member] extends (infer Item)[] | undefined
    ? readonly Item[] | Extract<Input[Member], undefined>
    : Input[Member]
}

/**
 * Starts bringing a file into a table, as a run that survives this process. The table and the columns that are new are
 * made at once, with the run, or not at all; they, its rows and their undo are one operation.
 *
 * A file on a disk is read where it lies, and must stay there as it is; anything else is stored first.
 *
 * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`, `ALREADY_EXISTS`, `LIMIT_EXCEEDED`, `STORAGE_FULL`
 */
export async function startImport(
  session: OrgSession,
  files: FileStore,
  file: ImportFile,
  request: ImportRequest,
  options: ImportOptions = {},
): Promise<Run> {
  const { plan, settings } = checkRequest(request)
  const { source, name } = await storeSource(files, session.orgId, file, options.name)
  try {
    const run = await queueImport(session, plan, options, async (work, log, columns) => {
      const input: ImportInput = {
        source,
        name,
        format: plan.format,
        headers: headersOf(plan),
        sourceColumns: plan.sourceColumns ?? null,
        columns,
        match: settings.match.map((column) => matchColumn(findColumn(work.table, column)).id),
        settings,
      }
      checkMapping(input, work.table)
      await rememberMapping(work, plan, columns)
      const { id } = log.operation
      return await queueRun(work, {
        kind: 'import',
        tableId: work.table.id,
        input,
        operation: id,
        cause: options.cause,
        key: options.key,
      })
    })
    if (run.isStarted && asUpload(session.orgId, file) === undefined) await forgetStored(files, source)
    session.wakeRun(run.id)
    return await getRun(session, run.id, options)
  } catch (error) {
    await forgetStored(files, source)
    throw error
  }
}

/** For the next file of the kind, which `propose` will map alike. */
async function rememberMapping({ tx, org, table }: TableWork, plan: ImportPlan, mapped: MappedColumns): Promise<void> {
  const headers = (plan.sourceColumns ?? headersOf(plan)).map((header) => ({ header }))
  const fingerprint = headerFingerprint(ownColumns(headers))
  if (fingerprint === null) return
  const columns = plan.columns.map((column, place) => ({
    ...column,
    to: { kind: 'existing' as const, column: mapped[place]?.columnId ?? '' },
  }))
  await saveImportMapping(tx.db, org.orgId, table.id, fingerprint, savedMapping({ ...plan, columns }))
}

/** @throws OpsError `INVALID_INPUT` */
export function checkRequest(request: ImportRequest): { readonly plan: ImportPlan; readonly settings: ImportSettings } {
  const { mode, match, duplicates, onInvalid, newOptions, ...rest } = request
  const plan = checkInput(importPlanSchema, rest)
  const settings = checkInput(importSettingsSchema, { mode, match, duplicates, onInvalid, newOptions })
  const twice = plan.columns.find(({ index }, at) => plan.columns.findIndex((other) => other.index === index) < at)
  if (twice !== undefined) {
    throw new OpsError('INVALID_INPUT', `The plan has two places for column ${twice.index + 1} of the file.`, {
      path: ['columns'],
    })
  }
  return { plan, settings }
}

type MappedColumns = ImportInput['columns']

/** Makes what is new and queues the run, in one transaction; or finds the run that the key has started. */
async function queueImport(
  session: OrgSession,
  { target, columns }: ImportPlan,
  options: ImportOptions,
  queue: (work: TableWork, log: OperationLog, columns: MappedColumns) => Promise<string>,
): Promise<{ readonly id: string; readonly isStarted: boolean }> {
  const log = startOperation(session.actor, options)
  if (target.kind === 'new') {
    return await session.write(options, async (work) => {
      const started = await startedRun(work, 'import', null, options)
      if (started !== undefined) return { id: started, isStarted: true }
      const table = await tableFor(work, target.name, columns)
      await logTableMade(work, table.id, log)
      const mapped = columns.map(({ index, facts }, place) => ({
        index,
        facts,
        columnId: table.columns[place]?.id ?? '',
        made: true,
      }))
      return { id: await queue({ ...work, table }, log, mapped), isStarted: false }
    })
  }
  const isNew = columns.some(({ to }) => to.kind === 'new')
  const open = isNew ? session.defineTable : session.writeTable
  return await open(target.tableId, options, async (work) => {
    const started = await startedRun(work, 'import', target.tableId, options)
    if (started !== undefined) return { id: started, isStarted: true }
    let present = work
    const mapped: MappedColumns = []
    for (const planned of columns) {
      const { columnId, made } = await columnFor(present, planned, log)
      mapped.push({ index: planned.index, facts: planned.facts, columnId, made })
      if (made) present = { ...work, table: await loadTable(work.tx.db, work.types, work.org.orgId, work.table.id) }
    }
    return { id: await queue(present, log, mapped), isStarted: false }
  })
}

async function tableFor(work: Work, name: string, columns: readonly PlannedColumn[]): Promise<TableDefinition> {
  const inputs = columns.map(({ to }, place) => {
    if (to.kind === 'new') return columnInput(to)
    throw new OpsError('INVALID_INPUT', 'A new table has no columns yet: the plan must make each.', {
      path: ['columns', place, 'to'],
    })
  })
  return await makeTable(work, { name, description: '', columns: defineColumns(inputs, [], work, true) })
}

async function columnFor(
  work: TableWork,
  { to }: PlannedColumn,
  log: OperationLog,
): Promise<{ readonly columnId: string; readonly made: boolean }> {
  if (to.kind === 'new') return { columnId: await addColumn(work, columnInput(to), undefined, log), made: true }
  const column = findColumn(work.table, to.column)
  refuseMissingType(column, ['columns'])
  if (column.formula === null) return { columnId: column.id, made: false }
  throw new OpsError(
    'INVALID_INPUT',
    say('{column} is computed by its formula: no column of a file can go there.', { column: column.name }),
    {
      path: ['columns'],
    },
  )
}

/** The column that a plan makes. */
export function columnInput({ kind: _, ...input }: Extract<PlannedColumn['to'], { kind: 'new' }>) {
  return input
}

/** @throws OpsError `INVALID_INPUT` */
export function checkMapping({ columns, match }: ImportInput, table: TableDefinition): void {
  const ids = columns.map(({ columnId }) => columnId)
  const twice = ids.find((id, at) => ids.indexOf(id) < at)
  if (twice !== undefined) {
    const { name } = findColumn(table, twice)
    throw new OpsError('INVALID_INPUT', say('Two columns of the file go to {column}.', { column: name }), {
      path: ['columns'],
    })
  }
  const unmapped = match.find((id) => !ids.includes(id))
  if (unmapped === undefined) return
  const { name } = findColumn(table, unmapped)
  throw new OpsError(
    'INVALID_INPUT',
    say('Rows cannot be matched by {column}: no column of the file goes there.', { column: name }),
    {
      path: ['match'],
    },
  )
}

/** The file's headers as far as the plan knows them, in the order of its records. */
export function headersOf({ columns }: ImportPlan): string[] {
  const width = Math.max(...columns.map(({ index }) => index)) + 1
  const byIndex = new Map(columns.map(({ index, header }) => [index, header]))
  return Array.from({ length: width }, (_, index) => byIndex.get(index) ?? '')
}
