import type { OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { randomOperation } from './testing/random-operations.ts'
import { createTableModel, type ModelState } from './testing/table-model.ts'

/** 10,000 for the full figure: `OPSLAYER_FUZZ=10000 pnpm vitest run tests/flows/operation-model.test.ts`. */
const operations = Number(process.env.OPSLAYER_FUZZ ?? 300)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

describeDatabases('random operations', (makeDatabase, database) => {
  it(`leave the table as a model in memory says (${operations}, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 3_600_000,
  }, async () => {
    await using test = await openOps(makeDatabase)
    const setUp = test.ops.forOrg({ orgId: 'acme', actor: { type: 'system', id: 'set-up' } })
    const table = await setUp.tables.create({
      name: 'Leads',
      columns: [
        { name: 'code', type: 'text' },
        { name: 'num', type: 'number' },
        { name: 'uq', type: 'text', unique: true },
        { name: 'note', type: 'text' },
      ],
    })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const model = createTableModel({
      columns: table.columns.map(({ id, key, name, type, unique }) => ({
        id,
        key,
        name,
        kind: type === 'number' ? 'number' : 'text',
        unique,
      })),
      rows: [],
    })
    const trial = { acme, tableId: table.id, model, random: seededRandom(seed), deletedColumns: new Map() }
    const log: string[] = []
    for (let done = 0; done < operations; done += 1) {
      const where = (): string => `seed ${seed}, operation ${done}, after:\n${log.slice(-12).join('\n')}`
      try {
        log.push(await randomOperation(trial))
        expect(await tableState(acme, table.id)).toEqual(shown(model.state))
      } catch (error) {
        throw new Error(where(), { cause: error })
      }
    }
    console.log(`${database}: ${operations} random operations, seed ${seed}: 0 divergences`)
  })
})

/** What is compared: columns, and rows with version, cells and warnings, in order. */
interface Shown {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
}

async function tableState(acme: OrgOps, tableId: string): Promise<Shown> {
  const { columns } = await acme.tables.get(tableId)
  const rows = await acme.rows.window(tableId, { offset: 0, limit: 1_000 })
  return {
    columns: columns.map(({ key, name }) => `${key} ${name}`),
    rows: rows.map(({ id, version, cells, warnings = {} }) => {
      const filled = columns.map(({ key }) => [key, cells[key], warnings[key]?.original])
      return JSON.stringify([id, version, ...filled])
    }),
  }
}

function shown({ columns, rows }: ModelState): Shown {
  return {
    columns: columns.map(({ key, name }) => `${key} ${name}`),
    rows: rows.map(({ id, version, cells, warnings }) => {
      const filled = columns.map((column) => [column.key, cells.get(column.id) ?? null, warnings.get(column.id)])
      return JSON.stringify([id, version, ...filled])
    }),
  }
}
