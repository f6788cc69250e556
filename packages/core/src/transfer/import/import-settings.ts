import * as z from 'zod'

/** How an import deals with rows that are there, rows that come twice, and cells that do not fit. */
export const importSettingsSchema = z
  .strictObject({
    /**
     * - `create`: every row of the file makes a row
     * - `upsert`: it changes the row that it matches, or makes one
     * - `update`: it changes the row that it matches, or is skipped
     * - `skip`: it makes a row unless it matches one
     */
    mode: z.enum(['create', 'upsert', 'update', 'skip']).default('create'),
    /**
     * Columns of the table that must all agree for a row of the file to mean a row of the table, by id or key. Compared
     * as they are stored, so after the types have made e-mail addresses, domains and phone numbers alike.
     */
    match: z.array(z.string().min(1).max(100)).max(10).default([]),
    /**
     * Of rows of the file that mean the same row: `merge` takes them all, later cells winning, empty ones never; `first`
     * and `last` take one.
     */
    duplicates: z.enum(['merge', 'first', 'last']).default('merge'),
    /** A cell that does not fit its column: its text is kept beside the row as a warning, or the row is rejected. */
    onInvalid: z.enum(['keep', 'reject']).default('keep'),
    /**
     * Names that a column with options does not have yet: added to the column, or cells that do not fit. `allowed` adds
     * them to columns whose settings allow it, and to those that the import makes.
     */
    newOptions: z.enum(['allowed', 'add', 'refuse']).default('allowed'),
  })
  .refine(({ mode, match }) => (mode === 'create') === (match.length === 0), {
    message: 'Every mode but "create" matches rows by columns, and that one does not: set both, or none.',
    path: ['match'],
  })
  .refine(({ mode, duplicates }) => mode !== 'skip' || duplicates !== 'last', {
    message: 'Where rows that are there are skipped, so are those that the file itself has made: the first one counts.',
    path: ['duplicates'],
  })

export type ImportSettings = z.output<typeof importSettingsSchema>
export type ImportSettingsInput = z.input<typeof importSettingsSchema>
