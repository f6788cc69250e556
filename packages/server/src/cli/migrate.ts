import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'

export function migrateCommand({ withOps, output }: CliTools): Command {
  return new Command('migrate')
    .description('bring the catalog and the schemas of all orgs to the version of this opslayer')
    .action(async () => {
      const done = await withOps((ops) => ops.migrate(), { make: true })
      const rows = Object.entries(done).map(([database, { from, to, orgs }]) => ({ database, from, to, orgs }))
      output.table(rows, ['database', 'from', 'to', 'orgs'])
    })
}
