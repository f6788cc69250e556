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
    | 'own-org-policy'
    | 'no-triggers'
    | 'powerless-roles'
  readonly detail: string
}

/** Tables about the database itself, not about any org. */
const withoutOrg = ['migrations', 'installation']

/** What PostgreSQL makes of the policy that shows a role the rows of one org. */
const ownOrg = `(org_id = current_setting('opslayer.org'::text, true))`

const faultsSql = `
with t as (
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($2::text[])
), r as (
  select oid, rolname, rolname = $3 as is_org from pg_catalog.pg_roles where rolname in ($3, $4)
)
select t.relname as "table", 'org-not-null' as rule, 'no org_id, or it may be null' as detail
  from t where not exists (select 1 from pg_catalog.pg_attribute a where a.attrelid = t.oid and a.attname = 'org_id' and a.attnotnull)
union all
select t.relname, 'row-level-security', 'row-level security is not forced'
  from t where not (t.relrowsecurity and t.relforcerowsecurity)
union all
select t.relname, 'own-org-policy', 'the role of orgs has no policy of its own'
  from t where not exists (
    select 1 from pg_catalog.pg_policy p join r on r.is_org and p.polroles = array[r.oid] where p.polrelid = t.oid)
union all
select t.relname, 'own-org-policy', 'policy "' || p.polname || '" shows more than the rows of one org'
  from t join pg_catalog.pg_policy p on p.polrelid = t.oid
  where p.polroles <> array(select oid from r where not is_org)
    and (p.polroles <> array(select oid from r where is_org) or p.polcmd <> '*'
      or pg_catalog.pg_get_expr(p.polqual, t.oid) is distinct from $5 or pg_catalog.pg_get_expr(p.polwithcheck, t.oid) is distinct from $5)
union all
select t.relname, case when i.indisunique then 'org-first-key' else 'org-first-index' end, x.relname
  from t join pg_catalog.pg_index i on i.indrelid = t.oid
    join pg_catalog.pg_class x on x.oid = i.indexrelid join pg_catalog.pg_am m on m.oid = x.relam
  where (m.amname = 'btree' or i.indisunique)
    and coalesce((select a.attname from pg_catalog.pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0]), '') <> 'org_id'
union all
select t.relname, 'org-first-foreign-key', k.conname
  from t join pg_catalog.pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
  where (select a.attname from pg_catalog.pg_attribute a where a.attrelid = t.oid and a.attnum = k.conkey[1]) <> 'org_id'
union all
select t.relname, 'no-triggers', g.tgname
  from t join pg_catalog.pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
union all
select p.relname, 'powerless-roles', 'role "' || r.rolname || '" may reach this partition past the policies of its table'
  from t join pg_catalog.pg_inherits h on h.inhparent = t.oid join pg_catalog.pg_class p on p.oid = h.inhrelid
    join r on pg_catalog.has_table_privilege(r.oid, p.oid, 'select, insert, update, delete')
union all
select '', 'powerless-roles', 'role "' || o.rolname || '" may log in, or do what only superusers may'
  from pg_catalog.pg_roles o join r on r.oid = o.oid
  where o.rolsuper or o.rolbypassrls or o.rolcreaterole or o.rolcreatedb or o.rolcanlogin
order by 1, 2, 3`

/**
 * Checks the live catalog against the rules that keep tenants apart and the catalog distributable by `org_id`: every
 * key, foreign key and btree index starts with `org_id`, row-level security is forced and shows a role the rows of one
 * org alone, there are no triggers, the roles have no power of their own.
 */
export async function lintCatalog(database: OpenDatabase): Promise<CatalogFault[]> {
  const { org, system } = database.roles
  return await database.asLogin(async (client) => {
    const { rows } = await client.query({
      text: faultsSql,
      values: [database.schema, withoutOrg, org, system, ownOrg],
    })
    return rows
  })
}
