import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOps, type ImportRequest, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeBothKinds } from '../databases/describe-databases.ts'
import { makeOwnedDirectory } from '../databases/owned-directory.ts'
import { type Child, nextJson, startChild } from './testing/child.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'

/** 10 for the full figure: `pnpm fuzz kills`. */
const kills = Number(process.env.OPSLAYER_FUZZ ?? 1)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

const actor = { type: 'user', id: 'u1' } as const
const stages = ['Open', 'Won', 'Lost', 'Paused']

/** A file of which every seventh row is rejected, and every third repeats an address. */
function csv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const age = n % 7 === 0 ? 'unknown' : String(n % 90)
    return `Person ${n},p${n % 3 === 0 ? n - (n % 6) : n}@example.com,${age},${stages[n % 4]},"line one of ${n}\nline two"`
  })
  return `Name,Email,Age,Stage,Notes\n${lines.join('\n')}\n`
}

function request(mode: 'create' | 'upsert'): ImportRequest {
  const types = { Name: 'text', Email: 'email', Age: 'number', Stage: 'dropdown', Notes: 'long_text' }
  return {
    format: { kind: 'delimited' },
    target: { kind: 'new', name: 'People' },
    columns: Object.entries(types).map(([header, type], index) => ({
      index,
      header,
      to: { kind: 'new', name: header, type },
    })),
    mode,
    match: mode === 'create' ? [] : ['email'],
    onInvalid: 'reject',
  }
}

/** Everything that an import leaves: its rows in order, its counts, its error file. */
async function leftBy(org: OrgOps) {
  const [run] = (await org.runs.list({ kind: 'import' })).items
  if (run === undefined) throw new Error('There is no import')
  const rows: unknown[] = []
  for await (const page of org.rows.pages(run.tableId ?? '', { limit: 1_000 }))
    rows.push(...page.map(({ cells }) => cells))
  const chunks: Uint8Array[] = []
  for await (const chunk of org.imports.errorFile(run.id)) chunks.push(chunk)
  return { rows, counts: run.progress.counts, errors: Buffer.concat(chunks).toString('utf8'), state: run.state }
}

async function untilDone(child: Child): Promise<void> {
  for (;;) if (((await nextJson(child)) as { state: string }).state === 'done') return
}

describeBothKinds('an import that is killed', (makeDatabase) => {
  it.each(['create', 'upsert'] as const)(
    `and resumed leaves what one that is not leaves, by %s (${kills} kills, OPSLAYER_FUZZ_SEED=${seed})`,
    { timeout: 600_000 },
    async (mode) => {
      const directory = makeOwnedDirectory()
      const path = join(directory, 'people.csv')
      const random = seededRandom(seed)
      writeFileSync(path, csv(20_000 + kills * 10_000))
      await using whole = await openOps(makeDatabase)
      const org = whole.ops.forOrg({ orgId: 'acme', actor })
      await org.runs.wait((await org.imports.start(path, request(mode))).id)
      const expected = await leftBy(org)
      await using database = await makeDatabase(migrated)
      const { [Symbol.asyncDispose]: _, ...target } = database
      const args = [JSON.stringify(target), path, JSON.stringify(request(mode))]
      for (let kill = 0; kill < kills; kill += 1) {
        await using child = startChild('import-until-killed.ts', ...args)
        await nextJson(child)
        await sleep(random.below(400))
        await child.kill()
      }
      {
        await using last = startChild('import-until-killed.ts', ...args)
        await untilDone(last)
      }
      await using ops = createOps({ database: databaseOption(database) })
      const left = await leftBy(ops.forOrg({ orgId: 'acme', actor }))
      expect(left.state).toBe('done')
      expect(left.counts).toEqual(expected.counts)
      expect(left.errors).toBe(expected.errors)
      expect(left.rows).toEqual(expected.rows)
      rmSync(directory, { recursive: true })
    },
  )
})
