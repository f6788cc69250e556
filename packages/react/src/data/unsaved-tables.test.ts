import { expect, it } from 'vitest'
import { UnansweredError } from '../grid-state/write-queue.ts'
import { createUnsavedTables } from './unsaved-tables.ts'

/** Tables whose writes end when they are told to. */
function opened(options?: Parameters<typeof createUnsavedTables>[0]) {
  const tables = createUnsavedTables(options)
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => async () => {
    begun.push(name)
    const end = Promise.withResolvers<void>()
    ends.set(name, end)
    await end.promise
  }
  return {
    begun,
    tables,
    write: (table: string, name: string) => tables.of(table).once(work(name)),
    undo: (name: string) => tables.inTurn(work(name)),
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string) => ends.get(name)?.reject(new Error('No answer.')),
  }
}

it('an undo comes after the writes of all tables that were made before it, and before those that are made meanwhile', async () => {
  const { begun, write, undo, end } = opened()
  const all = [write('a', 'a1'), write('b', 'b1'), undo('undo'), write('a', 'a2'), write('new', 'c1'), undo('again')]
  await expect.poll(() => begun).toEqual(['a1', 'b1'])
  end('a1')
  await all[0]
  expect(begun).toEqual(['a1', 'b1'])
  end('b1')
  await expect.poll(() => begun.slice(2)).toEqual(['undo'])
  end('undo')
  await expect.poll(() => begun.slice(3).sort()).toEqual(['a2', 'c1'])
  end('a2')
  await all[3]
  expect(begun).not.toContain('again')
  end('c1')
  await expect.poll(() => begun.at(-1)).toBe('again')
  end('again')
  await Promise.all(all)
})

it('an undo that was not answered is asked for once, and what waits for it goes on', async () => {
  const { begun, write, undo, end, fail } = opened()
  const undone = undo('undo')
  const written = write('a', 'a1')
  await expect.poll(() => begun).toEqual(['undo'])
  fail('undo')
  await expect(undone).rejects.toThrow('No answer.')
  await expect.poll(() => begun).toEqual(['undo', 'a1'])
  end('a1')
  await written
})

it('an undo that is never answered is given up in time, and what waits for it goes on', async () => {
  const { begun, tables, write, end } = opened({ onceMs: 100 })
  const given: AbortSignal[] = []
  const undone = tables.inTurn((signal) => {
    given.push(signal)
    return new Promise(() => {})
  })
  const written = write('a', 'a1')
  await expect(undone).rejects.toThrow(UnansweredError)
  expect(given.map(({ aborted }) => aborted)).toEqual([true])
  await expect.poll(() => begun).toEqual(['a1'])
  end('a1')
  await written
})

it('what waits behind what was given up is given up with it: the undo would take back something else', async () => {
  const { begun, tables, write, undo, end } = opened()
  const under = write('a', 'a1')
  const given = [undo('undo'), write('a', 'a2')].map((waiting) => expect(waiting).rejects.toThrow('closed'))
  await expect.poll(() => begun).toEqual(['a1'])
  tables.of('a').dispose()
  end('a1')
  await Promise.all([under, ...given])
  expect(begun).toEqual(['a1'])
})

it('a table that is closed as soon as it is opened leaves no failure behind', async () => {
  const failures: unknown[] = []
  const note = (failure: unknown) => failures.push(failure)
  process.on('unhandledRejection', note)
  const tables = createUnsavedTables()
  tables.of('a').dispose()
  await new Promise(setImmediate)
  process.off('unhandledRejection', note)
  expect(failures).toEqual([])
})
