import { once } from 'node:events'
import { createOps } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { type DatabaseTarget, makeDatabase } from '../databases/make-database.ts'
import { type DatabaseName, testDatabases } from '../databases/test-databases.ts'
import { nextJson, startTellingChild } from './testing/child.ts'
import { hostilePlugin } from './testing/hostile-plugin.ts'
import { databaseOption, migrated } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const
const fill = { plugin: 'hostile', part: 'upper', inputs: { word: { column: 'word' } } }

/** Processes that a run may end before it is through: one over its window, some over the cell, some more once the rest is done. */
const mostProcesses = 9

/** A table of words that the hostile plugin is to spell in capitals. */
async function makeWords(database: DatabaseTarget, words: readonly string[]): Promise<string> {
  await using ops = createOps({ database: databaseOption(database), plugins: [hostilePlugin] })
  const acme = ops.forOrg({ orgId: 'acme', actor })
  const columns = [
    { name: 'Word', type: 'text' },
    { name: 'Upper', fill },
  ]
  const { id } = await acme.tables.create({ name: 'Words', columns })
  const rows = words.map((word) => ({ cells: { word } }))
  await acme.rows.insert(id, rows)
  return id
}

/** A process takes seconds to be ended: each is tried on one database. What differs between them the trials with kills try. */
const on = (name: DatabaseName) => it.runIf(testDatabases.includes(name))

describe('plugins that let their process stand still, or end it,', { timeout: 180_000 }, () => {
  /** Starts processes until one is through with a run over words; gives what they wrote to stderr. */
  async function worked(name: DatabaseName, words: readonly string[], kind: 'column' | 'action' | 'source') {
    const database = await makeDatabase(name, migrated)
    const { [Symbol.asyncDispose]: _, ...target } = database
    const tableId = await makeWords(database, words)
    let stderr = ''
    let isOver = false
    for (let processes = 0; !isOver && processes < mostProcesses; processes += 1) {
      await using child = startTellingChild('work-until-stuck.ts', JSON.stringify(target), tableId, kind)
      child.process.stderr?.on('data', (chunk) => {
        stderr += String(chunk)
      })
      isOver = (await child.lines.next()).done !== true
    }
    const ops = createOps({ database: databaseOption(database), plugins: [hostilePlugin] })
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const [run] = (await acme.runs.list({ kind })).items
    return {
      acme,
      tableId,
      run,
      stderr,
      [Symbol.asyncDispose]: async () => {
        await ops.close()
        await database[Symbol.asyncDispose]()
      },
    }
  }

  on('pg18')('fail the cell that does it alone, and are named', async () => {
    await using left = await worked('pg18', ['ada', 'loop', 'bob'], 'column')
    expect(left.run).toMatchObject({ state: 'done', progress: { done: 3, counts: { done: 2, failed: 1 } } })
    const { rows } = await left.acme.rows.page(left.tableId)
    expect(rows.map(({ cells, states }) => states?.upper?.code ?? cells.upper)).toEqual(['ADA', 'PLUGIN_STUCK', 'BOB'])
    expect(rows[1]?.states?.upper?.message).toContain('Plugin "hostile", column "upper"')
    expect(left.stderr).toContain(
      'stood still for 1000 ms and is ended. Being called: Plugin "hostile", column "upper".',
    )
  })

  on('pg18')('fail the row that does it alone', async () => {
    await using left = await worked('pg18', ['ada', 'exit', 'bob'], 'action')
    expect(left.run).toMatchObject({ state: 'done', progress: { counts: { done: 2, failed: 1 } } })
    const { items } = await left.acme.actions.log(left.run?.id ?? '', { states: ['failed'] })
    expect(items.map(({ code }) => code)).toEqual(['PLUGIN_STUCK'])
  })

  on('embedded')('fail the run of their source', async () => {
    await using left = await worked('embedded', [], 'source')
    expect(left.run).toMatchObject({ state: 'failed', error: { code: 'PLUGIN_STUCK' } })
    expect(left.run?.error?.message).toContain('Plugin "hostile", source "words"')
  })

  on('embedded')(
    'leave promises behind, or a hundred megabytes, and are isolated to their cell; the host’s own faults stay its own',
    async () => {
      await using database = await makeDatabase('embedded', migrated)
      if (database.kind !== 'embedded') throw new Error('This is about one process.')
      const tableId = await makeWords(database, ['leak', 'big', 'ada'])
      await using child = startTellingChild('survive-plugin.ts', database.directory, tableId)
      const exited = once(child.process, 'exit')
      let stderr = ''
      child.process.stderr?.on('data', (chunk) => {
        stderr += String(chunk)
      })
      const left = 'Plugin "hostile", column "upper" left a promise behind that was rejected: Error: '
      expect(await nextJson(child)).toEqual({
        told: [`${left}at once`, `${left}left behind`],
        column: { done: 3 },
        action: { done: 3, failed: 0, skipped: 0, warnings: 0, cost: 0 },
        messages: [null, 'What came back is too large, or no JSON: it is not kept.', null],
      })
      expect((await exited)[0]).not.toBe(0)
      expect(stderr).toContain('Of the host')
    },
  )
})
