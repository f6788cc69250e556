import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Run } from '@opslayer/core'
import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
import { refuseExisting, writeNewFile } from './new-file.ts'
import { orgOf, orgOption } from './org-option.ts'

interface ImportOptions {
  readonly org: string
  readonly table?: string
  readonly name?: string
  readonly errors?: string
}

export function importCommand({ withOps, output, fail }: CliTools): Command {
  return new Command('import')
    .description('bring a file (CSV, TSV, JSON Lines, Excel) into a table, as its content proposes')
    .argument('<file>', 'file to read')
    .addOption(orgOption())
    .option('-t, --table <id>', 'table to append to; without it a new one is made')
    .option('-n, --name <name>', 'name of the new table; without it that of the file')
    .option('--errors <file>', 'write rejected rows here, with what is wrong; one that is there is not overwritten')
    .action(async (file: string, { org: orgId, table, name, errors }: ImportOptions) => {
      if (errors !== undefined) refuseExisting(errors)
      const run = await withOps(async (ops) => {
        const { imports, runs } = orgOf(ops, orgId)
        const target =
          table === undefined
            ? { kind: 'new' as const, name: name ?? basename(file, extname(file)) }
            : { kind: 'existing' as const, tableId: table }
        const { plan } = await imports.propose(file, { target, unmatched: 'add' })
        const { id } = await imports.start(file, plan)
        const ended = await runs.wait(id)
        if (errors !== undefined && rejectedOf(ended) > 0)
          await writeNewFile(errors, (made) => pipeline(Readable.from(imports.errorFile(id)), made.createWriteStream()))
        return ended
      })
      const { done } = run.progress
      const warnings = run.progress.counts.warnings ?? 0
      const kept = warnings === 0 ? '' : `, ${warnings} cells kept as texts that do not fit`
      const line = `${done} rows read, ${rejectedOf(run)} of them rejected${kept}; table ${run.tableId}, run ${run.id} is ${run.state}`
      output.say(run.error === null ? line : `${line}: ${run.error.message}`, run)
      if (run.state !== 'done') fail()
    })
}

function rejectedOf({ progress }: Run): number {
  return progress.counts.rejected ?? 0
}
