import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
import { orgOf, orgOption } from './org-option.ts'

export function sqlViewCommand({ withOps, output }: CliTools): Command {
  return new Command('sql-view')
    .description('make the view by which plain SQL reads a table, and print the grants it needs')
    .argument('<table>', 'id of the table')
    .addOption(orgOption())
    .option('-r, --reader <role>', 'role of the database that is to read', 'reporting')
    .action(async (tableId: string, { org, reader }: { readonly org: string; readonly reader: string }) => {
      const view = await withOps((ops) => orgOf(ops, org).tables.sqlView(tableId, { reader }))
      const lines = [`-- ${view.name} (${view.columns.join(', ')})`, ...view.grants.map((grant) => `${grant};`)]
      output.say(lines.join('\n'), view)
    })
}
