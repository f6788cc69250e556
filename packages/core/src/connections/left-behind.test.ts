import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)

/** A process whose plugin throws in a timer, after its call has ended. */
const program = `
  import { catchLeftBehind } from '${new URL('left-behind.ts', import.meta.url)}'
  import { underWay } from '${new URL('plugins-under-way.ts', import.meta.url)}'
  catchLeftBehind({ error: (message) => console.log(message) })
  await underWay({ where: 'Plugin "x", column "y"', secrets: ['hunter2hunter2'] }, async () => {
    setTimeout(() => { throw new Error('no hunter2hunter2') }, 1)
  })`

it('a timer of a plugin that throws ends the process, and the logger is told whose it was, without secrets', async () => {
  const ended = await run(process.execPath, ['--input-type=module', '--eval', program]).catch((error) => error)
  expect(ended.code).toBe(1)
  expect(ended.stdout).toMatch(/^Plugin "x", column "y" threw in a timer or callback .*: Error: no /)
  expect(ended.stdout).not.toContain('hunter2')
})
