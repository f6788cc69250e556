import { expect, it } from 'vitest'
import type { OpsRun, RunState } from '../data/client/runs-calls.ts'
import { runsAgain } from './runs-again.ts'

const run = (id: string, failedIn: string | null, state: RunState, failed = 0): OpsRun => ({
  id,
  kind: 'column',
  tableId: 'tbl_1',
  input: { columnId: 'col_1', failedIn },
  state,
  requested: null,
  progress: { done: 0, total: null, counts: { failed }, rowsPerSecond: null, remainingMs: null },
  error: null,
  actor: { type: 'user', id: 'u1' },
  operation: 'op_1',
  createdAt: '2026-11-30T05:00:00Z',
  resumesAt: null,
  startedAt: null,
  endedAt: state === 'running' || state === 'paused' ? null : '2026-11-30T05:01:00Z',
})

it('tells what is left of cells that were asked for again, also when what failed then was asked for once more', () => {
  expect(runsAgain([run('a', null, 'done', 14)])).toEqual(new Map())
  expect(runsAgain([run('b', 'a', 'running'), run('a', null, 'done', 14)]).get('a')).toEqual({
    left: null,
    isTaken: true,
  })
  const chain = [run('c', 'b', 'done', 1), run('b', 'a', 'done', 5), run('a', null, 'done', 14)]
  expect(runsAgain(chain)).toEqual(
    new Map([
      ['b', { left: 1, isTaken: true }],
      ['a', { left: 1, isTaken: true }],
    ]),
  )
})

it('leaves the cells to the first run where the one that took them was stopped', () => {
  expect(runsAgain([run('b', 'a', 'cancelled', 2), run('a', null, 'done', 14)]).get('a')).toEqual({
    left: 2,
    isTaken: false,
  })
})
