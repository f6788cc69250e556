import type { OpenDatabase } from './open-database.ts'

/** A rule of the catalog that a live database breaks. */
export interface CatalogFault {
  readonly table: string
  readonly rule:
    | 'org-first-key'
    | 'org-first-index'
    | 'org-first-foreign-key'
    | 'org-not-null'
    | 'row-level-security'
    | 'no-triggers'
  readonly detail: string
}

/** Tables about the database itself, not about any org. */
const withoutOrg = ['migrations', 'installation']

const faultsSql = `
with t as (
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($2::text[])
)
select t.relname as "table", 'org-not-null' as rule, 'no org_id, or it may be null' as detail
  from t where not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'org_id' and a.attnotnull)
union all
select t.relname, 'row-level-security', 'row-level security is not forced, or a policy is missing'
  from t where not (t.relrowsecurity and t.relforcerowsecurity)
    or (select count(*) from pg_policy p where p.polrelid = t.oid) < 2
union all
select t.relname, case when i.indisunique then 'org-first-key' else 'org-first-index' end, i.indexrelid::regclass::text
  from t join pg_index i on i.indrelid = t.oid
    join pg_class x on x.oid = i.indexrelid join pg_am m on m.oid = x.relam
  where (m.amname = 'btree' or i.indisunique)
    and coalesce((select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0]), '') <> 'org_id'
union all
select t.relname, 'org-first-foreign-key', k.conname
  from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
  where (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = k.conkey[1]) <> 'org_id'
union all
select t.relname, 'no-triggers', g.tgname
  from t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
order by 1, 2, 3`

/**
 * Checks the live catalog against the rules that keep tenants apart and the catalog distributable by `org_id`: every
 * key, foreign key and btree index starts with `org_id`, row-level security is forced, there are no triggers.
 */
export async function lintCatalog(database: OpenDatabase): Promise<CatalogFault[]> {
  return await database.asLogin(async (client) => {
    const { rows } = await client.query({ text: faultsSql, values: [database.schema, withoutOrg] })
    return rows
  })
}
