import { createWriteStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Run } from '@opslayer/core'
import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
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
          await pipeline(Readable.from(imports.errorFile(id)), createWriteStream(errors, { flags: 'wx' }))
        return ended
      })
      const { done } = run.progress
      output.say(`${done} rows read, ${rejectedOf(run)} of them rejected; run ${run.id} is ${run.state}`, run)
      if (run.state !== 'done') fail()
    })
}

function rejectedOf({ progress }: Run): number {
  return progress.counts.rejected ?? 0
}
