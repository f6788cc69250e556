import { callPlugin } from '../connections/call-plugin.ts'
import { plainText } from '../connections/name-schema.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import type { FeedColumn } from '../db/tables/feeds.db.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { AnySourcePart } from '../plugin/source-part.ts'
import { validate } from '../plugin/validate.ts'
import { textFault } from '../query/json-bounds.ts'
import { say } from '../sentences/say.ts'
import type { RowInput } from '../store/insert-rows.ts'

/** Records as rows to be written. */
export interface RecordRows {
  /** Cells by id of their column. */
  readonly rows: readonly RowInput[]
  /** Records that do not fit, and are no rows. */
  readonly faults: readonly RecordFault[]
}

export interface RecordFault {
  /** Where in the record, or column of the source. */
  readonly field: string
  readonly message: string
  /** The record's key, where it has one. */
  readonly key: string | undefined
}

const longestKey = 200

/**
 * Makes rows of records. One that does not fit the source's schema, has no key, or whose columns cannot be read fails
 * alone.
 *
 * @param source what stands in `_source` of the rows as their id
 * @throws OpsError `TIMEOUT` if the part's schema or functions take longer than a page may
 */
export async function rowsOfRecords(
  { plugin, part, source }: { readonly plugin: AnyPlugin; readonly part: AnySourcePart; readonly source: string },
  records: readonly unknown[],
  columns: readonly FeedColumn[],
  signal: AbortSignal,
): Promise<RecordRows> {
  const where = whereCalled(plugin.id, partInWords.source(part.id))
  const limited = AbortSignal.any([signal, AbortSignal.timeout(part.timeoutMs ?? 60_000)])
  return await callPlugin({ where, signal: limited, secrets: [] }, async () => {
    const rows: RowInput[] = []
    const faults: RecordFault[] = []
    for (const record of records) {
      const read = await readRecord(part, record, columns)
      if ('cells' in read) rows.push({ ...read, source: { id: source, plugin: plugin.id, part: part.id } })
      else faults.push(read)
    }
    return { rows, faults }
  })
}

type ReadRecord = { readonly externalKey: string; readonly cells: Readonly<Record<string, unknown>> } | RecordFault

async function readRecord(part: AnySourcePart, record: unknown, columns: readonly FeedColumn[]): Promise<ReadRecord> {
  const checked = await validate(part.record, record)
  if (!checked.ok) {
    const [issue] = checked.issues
    const field = (issue?.path ?? []).map((step) => (typeof step === 'number' ? '*' : step)).join('.')
    return { field, message: plainText(issue?.message ?? say('It does not fit.'), 200), key: undefined }
  }
  let field = 'key'
  let key: string | undefined
  try {
    key = checkedKey(part.key(checked.value))
    const cells: Record<string, unknown> = {}
    for (const { key: name, columnId } of columns) {
      field = name
      const cell = part.columns[name]?.from(checked.value)
      if (cell !== undefined) cells[columnId] = cell
    }
    return { externalKey: key, cells }
  } catch (error) {
    // The plugin's own words may quote the record, which is the user's.
    return { field, message: plainText(error instanceof Error ? error.message : String(error), 200), key }
  }
}

function checkedKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw new Error(say('The record has no key.'))
  if (key.length > longestKey)
    throw new Error(say('Its key is longer than {#count} characters.', { count: longestKey }))
  const fault = textFault(key)
  if (fault !== null) throw new Error(fault)
  return key
}
