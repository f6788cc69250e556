import type { ChangesApi, Ops } from '@opslayer/core'
import { type OrgTail, startTail } from './org-tail.ts'

/** The tails of all orgs that someone listens to in this process. */
export interface OrgTails {
  of(orgId: string): OrgTail
  /** The whole change log of an org. */
  changes(orgId: string): ChangesApi
}

const reader = { type: 'system', id: 'live' } as const

const known = new WeakMap<Ops, OrgTails>()

/** One set of tails for each `ops`, however many routers and handlers serve it. */
export function tailsOf(ops: Ops): OrgTails {
  const there = known.get(ops)
  if (there !== undefined) return there
  const tails = new Map<string, OrgTail>()
  const changes = (orgId: string): ChangesApi => ops.forOrg({ orgId, actor: reader }).changes
  const made: OrgTails = {
    changes,
    of: (orgId) => {
      const running = tails.get(orgId)
      if (running !== undefined) return running
      const tail = startTail(changes(orgId), () => {
        if (tails.get(orgId) === tail) tails.delete(orgId)
      })
      tails.set(orgId, tail)
      return tail
    },
  }
  known.set(ops, made)
  return made
}
