import { type Actor, actorSchema } from '../catalog/actor.ts'
import { isPostgresError, toOpsError } from '../db/database-errors.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { RunState } from '../db/tables/runs.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import { commitStep, openRun, operationOf } from './commit-step.ts'
import { haltAfter } from './halt-after.ts'
import { ClaimLost, type RunClaim, takeClaim } from './run-claim.ts'
import { type AnyRunKind, StalePreparation } from './run-kind.ts'

/** What a process that works on runs is given by the composition root. */
export interface RunSite {
  readonly kinds: ReadonlyMap<string, AnyRunKind>
  readonly databaseOf: (orgId: string) => Promise<OpenDatabase>
  /** A session that never makes an org: the run of an erased one ends. */
  readonly sessionOf: (orgId: string, actor: Actor) => OrgSession
  /** How long a claim holds unless it is renewed, in milliseconds. */
  readonly leaseMs: number
}

/** Claims in a row without a committed step, after which a run is given up: it may be what ends the processes. */
const fruitlessClaims = 20

/**
 * Works on a run until it is over, paused, taken by another process, or `stopping` aborts: then the step under way ends
 * and the run is let go. Does nothing if somebody else holds it.
 *
 * @param onChange called after each change of the run
 * @returns in how many milliseconds the run is to be looked at again; undefined if nobody needs to
 */
export async function executeRun(
  site: RunSite,
  target: { readonly orgId: string; readonly id: string },
  stopping: AbortSignal,
  onChange: () => void,
): Promise<number | undefined> {
  if (stopping.aborted) return undefined
  const claim = await takeClaim(await site.databaseOf(target.orgId), target, site.leaseMs)
  if (claim === undefined) return undefined
  onChange()
  const halting = new AbortController()
  const stopRenewing = renewRegularly(claim, () => halting.abort())
  try {
    await workOff(site, claim, AbortSignal.any([stopping, halting.signal]), onChange)
    return undefined
  } catch (thrown) {
    const error = toOpsError(thrown)
    if (error instanceof ClaimLost || passesByItself(error)) return undefined
    const halt = haltAfter(error, (await claim.renew()).attempt)
    if (halt === undefined) await claim.fail(error)
    else await claim.halt(halt)
    return halt?.afterMs ?? undefined
  } finally {
    await stopRenewing()
    onChange()
  }
}

/** Without the database nothing can be said of the run: its claim runs out, and it is taken up again. */
function passesByItself({ code, cause }: OpsError): boolean {
  return code === 'DATABASE_UNAVAILABLE' && !isPostgresError(cause, diskFull)
}

const diskFull = '53100'

/** @param signal aborts when the run is to stop here */
async function workOff(site: RunSite, claim: RunClaim, signal: AbortSignal, onChange: () => void): Promise<void> {
  let record = claim.record
  const kind = site.kinds.get(record.kind)
  const tableId = record.table_id
  // Work for another version of the host.
  if (kind === undefined || tableId === null) return void (await claim.release())
  if (record.attempt > fruitlessClaims) {
    throw new OpsError('INTERNAL', `The processes that worked on the run ended ${fruitlessClaims} times at one place.`)
  }
  const session = site.sessionOf(record.org_id, actorSchema.parse(record.actor))
  const log = operationOf(record, session.actor)
  const underWay = { claim, kind, session, tableId, log }
  const untilStopped = async (iterator: AsyncIterator<unknown>): Promise<RunState> => {
    let since = performance.now()
    const activeMs = (): number => performance.now() - since
    let upcoming = iterator.next()
    while (record.requested === null) {
      const item = await upcoming
      if (signal.aborted) break
      if (item.done === true) return await claim.finish(record, activeMs())
      upcoming = iterator.next()
      upcoming.catch(() => {}) // Looked at in its turn.
      record = await commitStep(underWay, record, item.value, activeMs)
      since = performance.now()
      onChange()
      if (record.state !== 'running') return record.state
    }
    return await claim.release()
  }
  const fromCheckpoint = async (): Promise<RunState | 'stale'> => {
    const preparing = new AbortController()
    const tools = { session, signal: AbortSignal.any([signal, preparing.signal]), log }
    const items = kind.prepare?.(openRun(record, tableId, kind), tools) ?? endless()
    const iterator: AsyncIterator<unknown> = items[Symbol.asyncIterator]()
    try {
      return await untilStopped(iterator)
    } catch (error) {
      if (error instanceof StalePreparation) return 'stale'
      if (!signal.aborted || error instanceof ClaimLost) throw error
      return await claim.release()
    } finally {
      preparing.abort()
      await iterator.return?.()
    }
  }
  let state = await fromCheckpoint()
  while (state === 'stale') state = await fromCheckpoint()
  if (state === 'done' || state === 'cancelled') await kind.ended?.(openRun(record, tableId, kind), { session })
}

/** Where a kind prepares nothing. */
async function* endless(): AsyncGenerator<undefined> {
  for (;;) yield undefined
}

/** Keeps the claim while steps and their preparation take their time; `halt` is called once the run is to stop here. */
function renewRegularly(claim: RunClaim, halt: () => void): () => Promise<void> {
  let renewing: Promise<void> | undefined
  const renew = async (): Promise<void> => {
    try {
      const { requested } = await claim.renew()
      if (requested !== null) halt()
    } catch (error) {
      if (error instanceof ClaimLost) halt()
    }
  }
  const timer = setInterval(() => {
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
  }, claim.leaseMs / 4)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await renewing
  }
}
