import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
import { orgOf, orgOption } from './org-option.ts'

export function tablesCommand({ withOps, output }: CliTools): Command {
  return new Command('tables')
    .description('list the tables of an org')
    .addOption(orgOption())
    .action(async ({ org: orgId }: { org: string }) => {
      const rows = await withOps(async (ops) => {
        const org = orgOf(ops, orgId)
        const found: { id: string; name: string; columns: number; rows: string }[] = []
        let cursor: string | undefined
        do {
          const page = await org.tables.list({ cursor })
          for (const { id, name, columns } of page.items) {
            const { count, exact } = await org.rows.count(id)
            found.push({ id, name, columns: columns.length, rows: exact ? String(count) : `${count}+` })
          }
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        return found
      })
      output.table(rows, ['id', 'name', 'columns', 'rows'])
    })
}
