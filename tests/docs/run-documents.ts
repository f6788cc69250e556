import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'

// Runs the code of documents one after another, each from its folder; notes what became of each as a line of JSON: its
// folder, and what it failed with. In one process, as a start takes longer than most of them.

const [outcomes = '', ...folders] = process.argv.slice(2)
for (const folder of folders) {
  const { href } = pathToFileURL(join(process.cwd(), folder, 'run.ts'))
  const fault = await import(href).then(
    () => null,
    (error) => inspect(error),
  )
  appendFileSync(outcomes, `${JSON.stringify([folder, fault])}\n`)
}
