import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { AnySourcePart, SourcePage } from '../plugin/source-part.ts'

const pageSchema = z.object({
  records: z.array(z.unknown()).max(limits.rowsPerCall),
  nextCursor: z.string().min(1).max(4_000).optional(),
})

/**
 * Checks what a plugin gave as a page.
 *
 * @throws OpsError `PLUGIN_FAILED` for what is none, or one that would never end
 */
export function checkedPage(
  plugin: AnyPlugin,
  part: AnySourcePart,
  answered: unknown,
  cursor: string | undefined,
): SourcePage {
  const where = whereCalled(plugin.id, partInWords.source(part.id))
  const page = pageSchema.safeParse(answered)
  if (!page.success) {
    const most = limits.rowsPerCall.toLocaleString('en-US')
    throw new OpsError('PLUGIN_FAILED', `${where} gave no page: { records, nextCursor? }, at most ${most} records.`)
  }
  if (cursor !== undefined && page.data.nextCursor === cursor)
    throw new OpsError('PLUGIN_FAILED', `${where} gave the cursor of the page before: it would never end.`)
  return page.data
}
