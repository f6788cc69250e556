import * as z from 'zod'

/** What a run of a source is started with; columns by id. */
export const sourceInputSchema = z.strictObject({
  /** The saved feed that it is a run of. */
  feed: z.string().nullable(),
  plugin: z.string(),
  /** Of the plugin when it was started. */
  version: z.string(),
  part: z.string(),
  connectionId: z.string().nullable(),
  settings: z.json(),
  columns: z.array(z.strictObject({ key: z.string(), columnId: z.string(), made: z.boolean() })),
  /** What stands in `_source` of its rows as their id. */
  source: z.string(),
  /** Only records changed since; null reads all. */
  since: z.string().nullable(),
  gone: z.enum(['keep', 'delete']),
  /** By the host's clock: from where the next one reads on. */
  startedAt: z.string(),
  /** By the database's clock: rows made later are not gone. */
  madeBefore: z.string(),
})

export type SourceInput = z.output<typeof sourceInputSchema>

/** Why records did not become rows, or cells stayed empty: one entry for each reason. */
const problemSchema = z.strictObject({
  /** `record`: it does not fit the source's schema. `cell`: a cell does not fit its column. `column`: the table has it no more. */
  kind: z.enum(['record', 'cell', 'column']),
  /** Field of the record, or column of the source. */
  field: z.string(),
  message: z.string(),
  count: z.int(),
  /** Keys of the first few records, where they have one. */
  records: z.array(z.string()),
})

export type SourceProblem = z.output<typeof problemSchema>

export const sourceCheckpointSchema = z.strictObject({
  /** Pages are read first; then rows whose record is gone are deleted. */
  phase: z.enum(['read', 'gone']),
  /** Of the page that is read next; null for the first. */
  cursor: z.string().nullable(),
  /** Parts of the run's outputs: ids of rows that were seen. */
  seen: z.int(),
  /** Id of the last row that was looked at for being gone. */
  after: z.string(),
  problems: z.array(problemSchema),
})

export type SourceCheckpoint = z.output<typeof sourceCheckpointSchema>

/** Reasons that are told apart; what goes beyond is counted alone. */
const mostProblems = 50
const mostSamples = 5

/** The problems with one more. */
export function withProblem(
  problems: readonly SourceProblem[],
  { kind, field, message }: Pick<SourceProblem, 'kind' | 'field' | 'message'>,
  record: string | undefined,
): SourceProblem[] {
  const place = problems.findIndex((each) => each.kind === kind && each.field === field && each.message === message)
  const known = problems[place]
  if (known === undefined) {
    if (problems.length >= mostProblems) return [...problems]
    return [...problems, { kind, field, message, count: 1, records: record === undefined ? [] : [record] }]
  }
  const records =
    record === undefined || known.records.length >= mostSamples ? known.records : [...known.records, record]
  return problems.with(place, { ...known, count: known.count + 1, records })
}
