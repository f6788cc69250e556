import type { ApiKey } from '@opslayer/core'
import { Command, Option } from 'commander'
import { roles } from '../roles.ts'
import type { CliTools } from './create-cli.ts'
import { orgOf, orgOption } from './org-option.ts'

interface CreateOptions {
  readonly org: string
  readonly role: string
  readonly table?: readonly string[]
  readonly expires?: string
}

export function keysCommand({ withOps, output }: CliTools): Command {
  const keys = new Command('keys').description('make, list and revoke API keys')
  keys
    .command('create')
    .description('make a key; its text is printed this once')
    .argument('<name>', 'what the key is for')
    .addOption(orgOption())
    .addOption(new Option('-r, --role <role>', 'what it may do').choices(roles).default('viewer'))
    .option('-t, --table <id...>', 'only these tables')
    .option('--expires <date>', 'ISO 8601, as 2027-01-31T00:00:00Z')
    .action(async (name: string, { org, role, table, expires }: CreateOptions) => {
      const input = { name, role, ...(table && { tableIds: [...table] }), ...(expires && { expiresAt: expires }) }
      const key = await withOps((ops) => orgOf(ops, org).keys.create(input))
      output.say(key.token, key)
    })
  keys
    .command('list')
    .description('list the keys of an org')
    .addOption(orgOption())
    .action(async ({ org }: { org: string }) => {
      const found = await withOps(async (ops) => {
        const { keys: all } = orgOf(ops, org)
        const items: ApiKey[] = []
        let cursor: string | undefined
        do {
          const page = await all.list({ limit: 200, cursor })
          items.push(...page.items)
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        return items
      })
      output.table(found, ['id', 'name', 'role', 'expiresAt', 'lastUsedAt', 'revokedAt'])
    })
  keys
    .command('revoke')
    .description('end a key, from its next call on')
    .argument('<key>', 'id of the key')
    .addOption(orgOption())
    .action(async (keyId: string, { org }: { org: string }) => {
      const key = await withOps((ops) => orgOf(ops, org).keys.revoke(keyId))
      output.say(`${key.id} is revoked`, key)
    })
  return keys
}
