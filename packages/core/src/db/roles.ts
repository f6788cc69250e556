import { createHash } from 'node:crypto'

/** The roles a transaction drops to. They are cluster-wide in PostgreSQL, so their names carry the database's. */
export interface Roles {
  /** Sees the catalog rows of one org, by row-level security. */
  readonly org: string
  /** Sees all orgs: look-ups that have no org yet, worker claims, sweeps. */
  readonly system: string
}

/** The role of one org, where orgs have roles of their own. At most 59 of the 63 bytes that PostgreSQL allows. */
export function tenantRole({ org }: Roles, shortId: string): string {
  return `${org}_${shortId}`
}

export function rolesOf(databaseName: string): Roles {
  const plain = databaseName
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, 30)
  const name =
    plain === databaseName ? plain : `${plain}_${createHash('sha256').update(databaseName).digest('hex').slice(0, 8)}`
  return { org: `opslayer_${name}`, system: `opslayer_${name}_system` }
}
