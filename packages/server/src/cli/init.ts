import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command, Option } from 'commander'
import type { CliTools } from './create-cli.ts'
import { makeDirectory } from './new-file.ts'
import { type StarterKind, starterFiles, starterKinds } from './starter-files.ts'

export function initCommand({ output }: CliTools): Command {
  return new Command('init')
    .description('write a first configuration and a route into a host app; files that are there stay as they are')
    .argument('[directory]', 'root of the app', '.')
    .addOption(new Option('-k, --kind <kind>', 'what the app is built on').choices(starterKinds).default('node'))
    .action((directory: string, { kind }: { kind: StarterKind }) => {
      const rows = Object.entries(starterFiles[kind]).map(([file, content]) => {
        const path = join(directory, file)
        if (existsSync(path)) return { file, result: 'is there already' }
        makeDirectory(dirname(path))
        writeFileSync(path, content, { flag: 'wx' })
        return { file, result: 'written' }
      })
      output.table(rows, ['file', 'result'])
      output.hint('Next: say in opslayer.ts who is signed in, then run `opslayer migrate`.')
    })
}
