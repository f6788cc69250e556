import { openEmbedded } from '../../../packages/core/src/db/embedded/open-embedded.ts'
import type { DatabaseTarget } from '../../databases/make-database.ts'
import { withClient } from '../../databases/with-client.ts'

/**
 * Looks into a test's database past opslayer, as its superuser. The embedded one can be looked into only while no
 * `ops` has it open.
 */
export async function rawQuery(
  target: DatabaseTarget,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  if (target.kind === 'server') {
    return await withClient(target.url, async (client) => (await client.query(text, [...values])).rows)
  }
  await using database = await openEmbedded({ directory: target.directory })
  return (await database.pool.query(text, [...values])).rows
}
