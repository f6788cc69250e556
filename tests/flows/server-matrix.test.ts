import type { Ops } from '@opslayer/core'
import { createFetchHandler, createOpsRouter, type ProcedureName, procedureRoles, roles } from '@opslayer/server'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { besideTheRouter, callProcedure, type ProcedureKind } from './testing/call-procedure.ts'
import { openOps } from './testing/open-ops.ts'
import { type ProcedureIds, procedureInputs } from './testing/procedure-inputs.ts'
import { identityOf } from './testing/serve-ops.ts'

const secret = 'SECRET of the other org'

/** Every procedure that there is with its kind, read from the router itself; downloads beside it. */
function proceduresOf(ops: Ops): readonly (readonly [ProcedureName, ProcedureKind])[] {
  const found: [ProcedureName, ProcedureKind][] = []
  const walk = (record: object, at: string): void => {
    for (const [name, member] of Object.entries(record)) {
      const path = at === '' ? name : `${at}.${name}`
      if (typeof member === 'function') found.push([path as ProcedureName, member._def.type])
      else walk(member, path)
    }
  }
  walk(createOpsRouter(ops, { context: () => null })._def.record, '')
  return [...found, ...besideTheRouter]
}

async function makeTable(ops: Ops, orgId: string, name: string): Promise<ProcedureIds> {
  const org = ops.forOrg({ orgId, actor: { type: 'user', id: 'maker' } })
  const made = await org.tables.create({
    name,
    columns: ['Name', `Only ${name}`].map((each) => ({ name: each, type: 'text' })),
  })
  const { rows, operation } = await org.rows.insert(
    made.id,
    Array.from({ length: 3 }, (_, n) => ({ externalKey: `k${n}`, cells: { name: `${name} ${n}` } })),
  )
  const view = await org.views.create(made.id, { name, kind: 'shared' })
  return {
    table: made.id,
    column: made.columns[1]?.id ?? '',
    row: rows.at(-1)?.id ?? '',
    view: view.id,
    operation: operation ?? '',
    run: 'run_zzzzzzzzzzzzzzzzz',
  }
}

const absent: ProcedureIds = {
  table: 'tbl_zzzzzzzzzzzzzzzz',
  column: 'col_zzzzzzzzzzzzzzzz',
  row: '987654321',
  view: 'viw_zzzzzzzzzzzzzzzz',
  operation: 'op_zzzzzzzzzzzzzzzzz',
  run: 'run_zzzzzzzzzzzzzzzzz',
}

const garbage = [
  '',
  '__proto__',
  'constructor',
  "'; drop table x; --",
  'x'.repeat(400),
  '\0',
  '\ud800',
  '-1',
  '../..',
  '%00',
  ' ',
  'null',
  'undefined',
  '[object Object]',
  '1e309',
  '9223372036854775808',
  'tbl_',
  '<b>tbl</b>',
  '\u202etbl',
  'e\u0301'.repeat(50),
  'hasOwnProperty',
]

/** Ids that are not all of one org: each of the foreign ones alone, all of them, absent ones, garbage. */
function mixtures(own: ProcedureIds, foreign: ProcedureIds): readonly ProcedureIds[] {
  const members = Object.keys(own) as (keyof ProcedureIds)[]
  const mixed = [foreign, absent].flatMap((from) => [from, ...members.map((each) => ({ ...own, [each]: from[each] }))])
  const broken = garbage.flatMap((text) => [
    Object.fromEntries(members.map((each) => [each, text])) as unknown as ProcedureIds,
    { ...own, table: text },
  ])
  return [...mixed, ...broken]
}

/** What procedures are called with, each input once: few take all kinds of ids. */
function inputsOf(
  ids: readonly ProcedureIds[],
  inputOf: (ids: ProcedureIds) => unknown,
): Iterable<readonly [unknown, ProcedureIds]> {
  return new Map(ids.map((each) => [JSON.stringify(inputOf(each)), [inputOf(each), each] as const])).values()
}

describeOneDatabase('the matrix of procedures and roles', (makeDatabase) => {
  it('holds for every procedure, role and id, and lets nothing through', { timeout: 600_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const { ops } = test
    const handler = createFetchHandler(ops, {
      context: identityOf,
      limits: { perSecond: 1_000_000, burst: 1_000_000 },
    })
    const procedures = proceduresOf(ops)
    expect(procedures.map(([name]) => name).sort()).toEqual(Object.keys(procedureRoles).sort())

    const foreign = await makeTable(ops, 'other', secret)
    const read = await makeTable(ops, 'acme', 'own')
    let calls = 0
    const faults: string[] = []
    for (const procedure of procedures) {
      const [name, kind] = procedure
      const inputOf = procedureInputs[name]
      for (const role of [undefined, 'guest', ...roles]) {
        const member = { orgId: 'acme', id: 'ann', role }
        const may =
          role !== undefined && (roles as readonly string[]).indexOf(role) >= roles.indexOf(procedureRoles[name])
        // What changes or deletes gets a table of its own.
        const own = !may ? absent : kind === 'query' ? read : await makeTable(ops, 'acme', 'own')
        // Who may not call is refused before the ids are looked at: a few of each kind show it.
        const all = mixtures(own, foreign)
        const step = may ? 1 : 3
        for (const [input, ids] of inputsOf([...all.filter((_, place) => place % step === 0), own], inputOf)) {
          const { status, code, text } = await callProcedure(handler, member, procedure, input)
          calls += 1
          const told = `${name} as ${role} with ${JSON.stringify(ids)}: ${status} ${text.slice(0, 300)}`
          if (!may && code !== 'FORBIDDEN') faults.push(`not refused: ${told}`)
          if (may && code === 'FORBIDDEN' && name !== 'undo.undo') faults.push(`refused: ${told}`)
          if (status >= 500 || code === 'INTERNAL') faults.push(`a fault of the server: ${told}`)
          if (text.includes(secret)) faults.push(`tells of the other org: ${told}`)
        }
      }
    }
    expect(faults.slice(0, 10)).toEqual([])
    expect(calls).toBeGreaterThanOrEqual(10_000)
    const rows = await ops.forOrg({ orgId: 'other', actor: { type: 'user', id: 'maker' } }).rows.page(foreign.table)
    expect(rows.rows.map(({ cells }) => cells.name)).toEqual([0, 1, 2].map((n) => `${secret} ${n}`))
  })
})
