import type { Actor, Ops, OrgOps } from '@opslayer/core'
import { Option } from 'commander'

/** Who works from a command line. */
const actor: Actor = { type: 'system', id: 'cli' }

export function orgOption(): Option {
  return new Option('-o, --org <id>', 'org to work in').makeOptionMandatory()
}

export function orgOf(ops: Ops, orgId: string): OrgOps {
  return ops.forOrg({ orgId, actor })
}
