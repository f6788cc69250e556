import { Readable } from 'node:stream'
import { type FileStore, type ImportRequest, OpsError, type OrgOps, type Run } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const dayMs = 86_400_000

const request: ImportRequest = {
  format: { kind: 'delimited' },
  target: { kind: 'new', name: 'Scores' },
  columns: [{ index: 0, header: 'Score', to: { kind: 'new', name: 'Score', type: 'number' } }],
  onInvalid: 'reject',
}

/** A host's own store, which can lose its files for a while. */
function memoryFiles() {
  const content = new Map<string, Buffer>()
  const state = { lost: false }
  const store: FileStore = {
    write: async (name, stream) => {
      const bytes = Buffer.concat(await Array.fromAsync(stream))
      content.set(name, bytes)
      return bytes.length
    },
    read: async (name, { from }) => {
      if (state.lost) throw new OpsError('NOT_FOUND', 'The bucket is away.')
      return Readable.from([content.get(name)?.subarray(from) ?? Buffer.alloc(0)])
    },
    delete: async (name) => void content.delete(name),
    list: async function* () {
      for (const name of content.keys()) yield { name, writtenAt: new Date() }
    },
  }
  return { store, content, state }
}

async function imported(org: OrgOps): Promise<Run> {
  const { id } = await org.imports.start(Readable.from([Buffer.from('Score\n1\nnone\n')]), request)
  return await org.runs.wait(id)
}

describeDatabases('what was kept long enough', (makeDatabase) => {
  it('goes: runs that ended with what they left, uploads that nobody imported', async () => {
    const { store, content, state } = memoryFiles()
    let days = 0
    const now = () => new Date(Date.now() + days * dayMs)
    await using test = await openOps(makeDatabase, { files: store, now })
    const org = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const done = await imported(org)
    state.lost = true
    const failed = await imported(org)
    expect([done.state, failed.state, content.size]).toEqual(['done', 'failed', 1])
    await org.imports.upload(Readable.from([Buffer.from('a\n')]))
    expect(content.size).toBe(2)

    const states = async () => (await org.runs.list()).items.map(({ state: each }) => each)
    const errors: unknown[] = []
    const maintain = () => test.ops.startMaintenance({ everyMs: 10, onError: (error) => errors.push(error) })
    days = 2
    {
      await using _loop = maintain()
      await expect.poll(() => content.size).toBe(1)
      expect(await states()).toEqual(['failed', 'done'])
    }
    days = 31
    {
      await using _loop = maintain()
      await expect.poll(states).toEqual([])
      await expect.poll(() => content.size).toBe(0)
    }
    await expect(Array.fromAsync(org.imports.errorFile(done.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(errors).toEqual([])
  })
})
