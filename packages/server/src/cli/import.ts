import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
import { orgOf, orgOption } from './org-option.ts'

interface ImportOptions {
  readonly org: string
  readonly table?: string
  readonly name?: string
}

export function importCommand({ withOps, output, fail }: CliTools): Command {
  return new Command('import')
    .description('bring a file (CSV, TSV, JSON Lines, Excel) into a table, as its content proposes')
    .argument('<file>', 'file to read')
    .addOption(orgOption())
    .option('-t, --table <id>', 'table to append to; without it a new one is made')
    .option('-n, --name <name>', 'name of the new table')
    .action(async (file: string, { org: orgId, table, name }: ImportOptions) => {
      const run = await withOps(async (ops) => {
        const { imports, runs } = orgOf(ops, orgId)
        const target =
          table === undefined
            ? { kind: 'new' as const, name: name ?? file }
            : { kind: 'existing' as const, tableId: table }
        const { plan } = await imports.propose(file, { target, unmatched: 'add' })
        const { id } = await imports.start(file, plan)
        return await runs.wait(id)
      })
      output.say(`${run.progress.done} rows read, run ${run.id} is ${run.state}`, run)
      if (run.state !== 'done') fail()
    })
}
