import { parseArgs } from 'node:util'
import { isOpsError } from '@opslayer/core'
import { readOptions } from './demo-options.ts'
import { startDemo } from './start-demo.ts'

// Northwind Growth, a small SaaS with opslayer in it.
//
//   pnpm demo                           in an embedded database, at http://127.0.0.1:4680
//   pnpm demo --port 8080               elsewhere; a taken port is passed over
//   pnpm demo --dev                     reloads the page when its sources change
//   pnpm demo --reset                   begins with a fresh workspace
//   DATABASE_URL=postgres://… pnpm demo on a server

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      directory: { type: 'string' },
      scale: { type: 'string' },
      dev: { type: 'boolean' },
      reset: { type: 'boolean' },
    },
  })
  await using demo = await startDemo({
    ...readOptions(values, process.env),
    signal: stop.signal,
    onProgress: (text) => console.log(text),
  })
  console.log(`\n  Northwind Growth is at ${demo.url}\n  Ctrl+C stops it; what you did is kept in ${demo.database}.\n`)
  await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
  console.log('\nStopping …')
} catch (error) {
  if (!stop.signal.aborted) {
    if (!isExpected(error)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** What is wrong with an option, a database or a disk. Anything else is a fault of the code and shows its stack. */
function isExpected(error: unknown): error is Error {
  if (isOpsError(error)) return error.code !== 'INTERNAL'
  return error instanceof Error && ('syscall' in error || 'code' in error)
}
