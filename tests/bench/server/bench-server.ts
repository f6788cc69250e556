import type { Pool } from 'pg'
import type { Bench } from '../harness.ts'
import type { BenchTable } from '../store/bench-table.ts'
import { deepest, windowRows } from './load-crowd.ts'

/** What every part of the benchmark works on. */
export interface BenchServer {
  readonly bench: Bench
  /** Of the process that serves. */
  readonly url: string
  readonly databaseUrl: string
  readonly pid: number
  /** For the same SQL without opslayer and HTTP, in the benchmark's own process. */
  readonly pool: Pool
  readonly table: BenchTable
  readonly rows: number
  readonly seconds: number
}

export function randomOffset({ bench }: BenchServer): number {
  return bench.random.below(deepest)
}

/** The window as hand-written SQL on the ideal table. */
export function bareWindow(server: BenchServer): Promise<unknown> {
  const { pool, table } = server
  return pool.query(`select * from ${table.ideal} order by id limit ${windowRows} offset ${randomOffset(server)}`)
}

/** The id of one of the table's rows. */
export function randomRow({ bench, table, rows }: BenchServer): number {
  return table.firstId + bench.random.below(rows - 1)
}

export function randomVisits({ bench }: BenchServer): number {
  return bench.random.below(1_000_000)
}
