import type { OrgOps, Table } from '@opslayer/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { describeBothKinds } from '../../../../../tests/databases/describe-databases.ts'
import { openOps } from '../../../../../tests/flows/testing/open-ops.ts'
import { bytesOf } from '../../../../../tests/flows/testing/read-export.ts'
import type { ExportQuery } from '../../index.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { Json } from '../../values/json.ts'
import { sampleSettings, storedValues } from '../../values/testing/type-samples.ts'

const rounds = Number(process.env.OPSLAYER_FUZZ ?? 40)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const types = Object.keys(builtInColumnTypes) as BuiltInColumnTypeId[]

/** Texts that no type but text reads, and that readers of files and spreadsheets may take for something else. */
const nasty = fc.constantFrom(
  '=1+1',
  '-5 apples',
  '@cmd',
  "'=quoted",
  "''-",
  '#comment',
  '\\N',
  'a\\tb',
  '"',
  ' lead',
  'x,y;z|w',
  'NULL',
  '_x0041_',
  'a\u0001b\uffff',
  '’ „“ € ž',
)

interface SampleRow {
  readonly cells: Readonly<Record<string, Json>>
}

/** A row with a value, nothing, or a text that does not fit, in each column. */
const sampleRow: fc.Arbitrary<SampleRow> = fc
  .tuple(
    ...types.map((id) =>
      fc.oneof(
        { weight: 6, arbitrary: storedValues(id) },
        { weight: 2, arbitrary: fc.constant(null) },
        { weight: 2, arbitrary: nasty },
      ),
    ),
  )
  .map((values) => ({ cells: Object.fromEntries(types.map((id, place) => [id, values[place] ?? null])) }))

async function tableOfAllTypes(acme: OrgOps, name: string): Promise<Table> {
  return await acme.tables.create({
    name,
    columns: types.map((id) => ({ key: id, name: `The ${id}`, type: id, settings: sampleSettings(id) })),
  })
}

/** What an import makes of a file, read as it proposes, in a new table of the same columns. */
async function importedAgain(acme: OrgOps, file: Buffer, name: string): Promise<string> {
  const { id } = await tableOfAllTypes(acme, 'Again')
  const { plan } = await acme.imports.propose(file, { target: { kind: 'existing', tableId: id }, name })
  expect(plan.columns.map(({ index }) => types[index])).toEqual(types)
  // Words such as NULL are proposed to stand for nothing; here they are texts.
  const columns = plan.columns.map(({ facts: { emptyTexts: _, ...facts }, ...column }) => ({ ...column, facts }))
  const run = await acme.imports.start(file, { ...plan, columns }, { name })
  await acme.runs.wait(run.id)
  return id
}

async function contentOf(acme: OrgOps, tableId: string): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const page of acme.rows.pages(tableId)) {
    for (const { cells, warnings = {} } of page) {
      const kept = Object.entries(warnings).map(([key, { original }]) => [key, original])
      rows.push({ cells, kept: Object.fromEntries(kept) })
    }
  }
  return rows
}

const delimited = (['utf-8', 'utf-16le', 'windows-1252'] as const).flatMap((encoding) =>
  ([',', ';', '\t'] as const).map((delimiter): ExportQuery => {
    return { format: delimiter === '\t' ? 'tsv' : 'csv', encoding, delimiter }
  }),
)
const files: readonly ExportQuery[] = [...delimited, { format: 'jsonl' }, { format: 'xlsx' }]

/** Whether Windows-1252 has all characters of a row. */
function isWestern(row: unknown): boolean {
  return !/[\u0080-\u009f\u0100-\uffff]/.test(JSON.stringify(row))
}

describeBothKinds('an exported file', (makeDatabase) => {
  it(`is imported as the same table, whatever its form (${rounds} rows, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 600_000,
  }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const rows = fc.sample(sampleRow, { seed, numRuns: rounds })
    const original = await tableOfAllTypes(acme, 'Original')
    await acme.rows.load(original.id, rows, { onInvalid: 'keep' })
    const western = await tableOfAllTypes(acme, 'Original')
    await acme.rows.load(western.id, rows.filter(isWestern), { onInvalid: 'keep' })
    for (const query of files) {
      const from = 'encoding' in query && query.encoding === 'windows-1252' ? western.id : original.id
      const exported = await acme.exports.stream(from, query)
      const again = await importedAgain(acme, await bytesOf(exported), exported.fileName)
      const before = await contentOf(acme, from)
      const after = await contentOf(acme, again)
      for (const [place, row] of before.entries()) {
        expect(after[place], `row ${place}, ${JSON.stringify(query)}`).toEqual(row)
      }
      expect(after).toHaveLength(before.length)
    }
  })
})
