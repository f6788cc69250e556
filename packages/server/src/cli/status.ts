import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'

export function statusCommand({ withOps, output, fail }: CliTools): Command {
  return new Command('status')
    .description('say how each database stands to this opslayer; exit code 1 if `migrate` is to be run')
    .action(async () => {
      const found = await withOps((ops) => ops.migrationStatus())
      const rows = Object.entries(found).map(([database, { current, wanted, state, orgs }]) => ({
        database,
        current,
        wanted,
        state,
        orgs: orgs.all,
        behind: orgs.behind,
      }))
      output.table(rows, ['database', 'current', 'wanted', 'state', 'orgs', 'behind'])
      if (rows.some(({ state }) => state !== 'current')) fail()
    })
}
