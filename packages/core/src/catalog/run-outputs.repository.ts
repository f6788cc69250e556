import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** Keeps one part of what a run leaves, in the transaction of the step that it comes from. */
export async function insertRunOutput(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  part: number,
  content: Buffer,
): Promise<void> {
  await db
    .insertInto('run_outputs')
    .values({
      org_id: orgId,
      run_id: runId,
      part,
      content: sql<string>`decode(${content.toString('base64')}, 'base64')`,
    })
    .execute()
}

/** @returns undefined behind the last part */
export async function findRunOutput(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  part: number,
): Promise<Buffer | undefined> {
  const found = await db
    .selectFrom('run_outputs')
    .select(sql<string>`encode(content, 'base64')`.as('content'))
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .where('part', '=', part)
    .executeTakeFirst()
  return found === undefined ? undefined : Buffer.from(found.content, 'base64')
}
