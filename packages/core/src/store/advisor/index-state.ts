import { sql } from 'kysely'
import { listIndexes } from '../../catalog/indexes.repository.ts'
import type { IndexRecord } from '../../db/tables/advice.db.ts'
import type { TableWork } from '../org-session.ts'
import { rowsName, schemaName } from '../physical-names.ts'
import { type IndexPlan, indexPlanSchema } from './index-plan.ts'

/** An index of the advisor as the catalog and the database have it. */
export interface IndexState {
  readonly record: IndexRecord
  /** null for a plan that this version does not know. */
  readonly plan: IndexPlan | null
  /** Whether PostgreSQL may use it; false also where it is not there. */
  readonly valid: boolean
  /** Whether another process may be making it right now. */
  readonly underWay: boolean
  readonly bytes: number
  /** How often PostgreSQL used it since its statistics were last reset. */
  readonly scans: number
}

export async function readIndexStates(work: TableWork): Promise<readonly IndexState[]> {
  const { tx, org, table } = work
  const records = await listIndexes(tx.db, org.orgId, table.id)
  const found = await tx.all(sql<{ name: string; valid: boolean; bytes: number; scans: number }>`
    select x.relname as name, i.indisvalid and i.indisready as valid, pg_relation_size(x.oid)::float8 as bytes,
      coalesce(pg_stat_get_numscans(x.oid), 0)::float8 as scans
    from pg_index as i join pg_class as x on x.oid = i.indexrelid
    where i.indrelid = ${`"${schemaName(org)}"."${rowsName(table)}"`}::regclass`)
  const building = records.some(({ state }) => state === 'building') && (await isBuilding(work))
  const byName = new Map(found.map((index) => [index.name, index]))
  return records.map((record) => {
    const physical = byName.get(record.name)
    const plan = indexPlanSchema.safeParse(record.definition)
    return {
      record,
      plan: plan.success ? plan.data : null,
      valid: physical?.valid === true,
      underWay: record.state === 'building' && (building || record.is_fresh),
      bytes: physical?.bytes ?? 0,
      scans: physical?.scans ?? 0,
    }
  })
}

/** Whether somebody is building an index on the table right now, in whatever process. */
async function isBuilding({ tx, org, table }: TableWork): Promise<boolean> {
  const found = await tx.all(sql`
    select 1 from pg_stat_progress_create_index
    where datid = (select oid from pg_database where datname = current_database())
      and relid = ${`"${schemaName(org)}"."${rowsName(table)}"`}::regclass`)
  return found.length > 0
}
