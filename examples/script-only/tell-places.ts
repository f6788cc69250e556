import { relative } from 'node:path'
import type { Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import { count } from './report.ts'

export interface Places {
  /** Connection string, unless the database is embedded. */
  readonly server: string | undefined
  /** Where the embedded database is. */
  readonly directory: string
  readonly exported: string
}

/** Says where everything lies, how to look at it, and how to begin anew. */
export async function tellPlaces({ acme, report }: DemoRun, table: Table, places: Places): Promise<void> {
  const { server, directory, exported } = places
  const { items } = await acme.tables.list({ limit: 200 })
  report.heading('Where everything lies')
  report.line(`export     ${shown(exported)}`)
  report.line(`table      ${table.id}, one of ${count(items.length)} in org demo: every run makes a new one`)
  if (server === undefined) {
    report.line(`database   ${shown(directory)}, a whole PostgreSQL in a directory; one process at a time`)
    report.line('look       with psql only on a server: DATABASE_URL=postgres://… npx -y pnpm@12.21.0 demo:script')
  } else {
    report.line('database   DATABASE_URL: definitions in schema opslayer, rows in a schema of their org')
    report.line(`look       psql "$DATABASE_URL" -c '\\dt+ ops_*.*'`)
  }
  report.line('reset      npx -y pnpm@12.21.0 demo:script --reset')
}

/** A path as a person would type it here. */
export function shown(path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') ? path : short
}
