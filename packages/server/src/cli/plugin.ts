import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'
import { makeDirectory } from './new-file.ts'
import { pluginFiles, typescriptNode } from './plugin-files.ts'

export function pluginCommand({ output }: CliTools): Command {
  return new Command('plugin').description('write plugins').addCommand(
    new Command('new')
      .description('write a plugin with a simulator and its conformance test, to be changed into your own')
      .argument('<id>', 'lower-case words joined by "_": my_vendor')
      .argument('[directory]', 'where it goes; the id with "-" if left out')
      .action((id: string, directory: string = id.replaceAll('_', '-')) => {
        if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(id) || id.length > 40)
          throw new Error(`"${id}" is no id of a plugin: lower-case words joined by "_", at most 40 characters.`)
        if (existsSync(directory)) throw new Error(`${directory} is there already.`)
        makeDirectory(directory)
        const files = Object.entries(pluginFiles(id))
        for (const [file, content] of files) writeFileSync(join(directory, file), content, { flag: 'wx' })
        output.table(
          files.map(([file]) => ({ file: join(directory, file), result: 'written' })),
          ['file', 'result'],
        )
        const wants = runsTypescript(process.versions.node) ? '' : `, with Node ${typescriptNode.join('.')} or later`
        output.hint(`Next: cd ${directory} && npm test${wants}`)
      }),
  )
}

function runsTypescript(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = typescriptNode
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
