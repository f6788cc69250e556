import type { ColumnInput } from '../catalog/column-input.ts'
import { type ColumnDefinition, findColumn, refuseMissingType } from '../catalog/table-definition.ts'
import { loadTable } from '../catalog/tables.repository.ts'
import type { FeedColumn } from '../db/tables/feeds.db.ts'
import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnySourcePart } from '../plugin/source-part.ts'
import { say } from '../sentences/say.ts'
import { addColumn } from '../store/columns.service.ts'
import { defineColumns } from '../store/formulas/define-columns.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork, Work } from '../store/org-session.ts'
import { logTableMade, makeTable } from '../store/tables.service.ts'

/**
 * Which column of the source goes where, by its key: into a column of the table by id or key, or, for null, into one
 * that is made.
 */
export type ColumnChoice = Readonly<Record<string, string | null>>

/** The columns that are asked for; all of the source's where nothing is said. @throws OpsError `INVALID_INPUT` */
export function chosenColumns(part: AnySourcePart, choice: ColumnChoice | undefined): readonly string[] {
  const all = Object.keys(part.columns)
  const chosen = choice === undefined ? all : Object.keys(choice)
  const unknown = chosen.find((key) => !Object.hasOwn(part.columns, key))
  if (unknown !== undefined) {
    const near = nearest(unknown, all)
    throw new OpsError(
      'INVALID_INPUT',
      say('The source has no column "{column}".{~hint}', { column: unknown.slice(0, 60), hint: near }),
      {
        path: ['columns', unknown],
      },
    )
  }
  if (chosen.length > 0) return chosen
  throw new OpsError('INVALID_INPUT', say('Choose at least one column of the source.'), { path: ['columns'] })
}

/** Makes a table with the columns chosen. */
export async function makeFeedTable(
  work: Work,
  part: AnySourcePart,
  { name, keys }: { readonly name: string; readonly keys: readonly string[] },
  log: OperationLog,
): Promise<TableWork & { readonly mapped: readonly FeedColumn[] }> {
  const inputs = keys.map((key) => columnInputOf(part, key, []))
  const columns = defineColumns(inputs, [], work, true)
  const table = await makeTable(work, { name, description: '', columns })
  await logTableMade(work, table.id, log)
  const mapped = keys.map((key, place) => ({ key, columnId: table.columns[place]?.id ?? '', made: true }))
  return { ...work, table, mapped }
}

/**
 * Maps the columns chosen to those of a table. Where nothing is said, a column with the same key and type is taken, and
 * made if there is none.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
 */
export async function mapFeedColumns(
  work: TableWork,
  part: AnySourcePart,
  choice: ColumnChoice | undefined,
  log: OperationLog,
): Promise<readonly FeedColumn[]> {
  const mapped: FeedColumn[] = []
  let present = work
  for (const key of chosenColumns(part, choice)) {
    const target = targetOf(present, part, key, choice?.[key])
    if (target !== undefined) {
      const twin = mapped.find(({ columnId }) => columnId === target.id)
      if (twin !== undefined)
        throw new OpsError(
          'INVALID_INPUT',
          say('"{first}" and "{second}" both go to {column}.', { first: twin.key, second: key, column: target.name }),
          {
            path: ['columns', key],
          },
        )
      mapped.push({ key, columnId: target.id, made: false })
      continue
    }
    const columnId = await addColumn(present, columnInputOf(part, key, present.table.columns), undefined, log)
    mapped.push({ key, columnId, made: true })
    present = { ...work, table: await loadTable(work.tx.db, work.types, work.org.orgId, work.table.id) }
  }
  return mapped
}

/** Whether mapping needs no new column. */
export function mapsToPresent(work: TableWork, part: AnySourcePart, choice: ColumnChoice | undefined): boolean {
  return chosenColumns(part, choice).every((key) => targetOf(work, part, key, choice?.[key]) !== undefined)
}

function targetOf(
  { table }: TableWork,
  part: AnySourcePart,
  key: string,
  chosen: string | null | undefined,
): ColumnDefinition | undefined {
  if (chosen === null) return undefined
  const same = table.columns.find((column) => column.key === key && column.type === part.columns[key]?.type)
  const target = chosen === undefined ? same : findColumn(table, chosen)
  if (target !== undefined) refuseMissingType(target, ['columns', key])
  if (target === undefined || target.formula === null) return target
  if (chosen === undefined) return undefined
  throw new OpsError(
    'INVALID_INPUT',
    say('{column} is computed by its formula: nothing can be read into it.', { column: target.name }),
    {
      path: ['columns', key],
    },
  )
}

/** The key of the source, where it is free: so that the next run finds the column. */
function columnInputOf(part: AnySourcePart, key: string, taken: readonly Pick<ColumnDefinition, 'key'>[]): ColumnInput {
  const column = part.columns[key]
  if (column === undefined) throw new OpsError('INTERNAL', 'A column of a source was not checked.')
  const { name, type, settings } = column
  const isFree = taken.every((other) => other.key !== key)
  return { name, type, ...(isFree && { key }), ...(settings !== undefined && { settings }) }
}
