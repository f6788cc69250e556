import { type Actor, actorSchema } from '../catalog/actor.ts'
import { isPostgresError, toOpsError } from '../db/database-errors.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { RunRecord, RunState } from '../db/tables/runs.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import { commitStep, openRun, operationOf, type RunUnderWay } from './commit-step.ts'
import { haltAfter } from './halt-after.ts'
import { renewRegularly } from './renew-regularly.ts'
import { ClaimLost, type ClaimRules, type RunClaim, takeClaim } from './run-claim.ts'
import { type AnyRunKind, StalePreparation } from './run-kind.ts'
import { isGivenUpWhole } from './suspicion.ts'

/** What a process that works on runs is given by the composition root. */
export interface RunSite {
  readonly kinds: ReadonlyMap<string, AnyRunKind>
  readonly databaseOf: (orgId: string) => Promise<OpenDatabase>
  /** A session that never makes an org: the run of an erased one ends. */
  readonly sessionOf: (orgId: string, actor: Actor) => OrgSession
  /** How long a claim holds unless it is renewed, in milliseconds, and how many an org may have. */
  readonly claims: ClaimRules
}

/** When a run is to be looked at again, once this process has let go of it; undefined if that is nobody's concern now. */
export type Afterwards = { readonly afterMs: number } | undefined

/** What the runner tells a run that is worked on. */
export interface Turn {
  /** Aborts when the run is to stop after its step. */
  readonly stopping: AbortSignal
  /** Aborts when not even the step under way may go on. */
  readonly ending: AbortSignal
  /** Whether others wait for the place that the run has had for its time. */
  readonly isOver: () => boolean
  /** How long it then leaves its place to others, in milliseconds. */
  readonly restMs: number
  /** Called after each change of the run; with `true` once this process has left it. */
  readonly onChange: (isLeft: boolean) => void
}

/** Claims in a row without a committed step, after which a run is given up: it may be what ends the processes. */
const fruitlessClaims = 20

/** After which a run looks again whether its org has a place. */
const fullOrgMs = 200

/** Added to a wait by this process's clock: the run is due by the database's. */
const clockSlackMs = 50

/**
 * Works on a run until it is over, paused, taken by another process, its turn is over, or `stopping` aborts: then the
 * step under way ends and the run is let go. Does nothing if somebody else holds it.
 */
export async function executeRun(
  site: RunSite,
  target: { readonly orgId: string; readonly id: string },
  turn: Turn,
): Promise<Afterwards> {
  if (turn.stopping.aborted) return undefined
  const claim = await takeClaim(await site.databaseOf(target.orgId), target, site.claims)
  if (claim === undefined) return undefined
  if (claim === 'full') return { afterMs: fullOrgMs }
  turn.onChange(false)
  const halting = new AbortController()
  const lost = new AbortController()
  const stopRenewing = renewRegularly(claim.leaseMs, async () => {
    try {
      const { requested } = await claim.renew()
      if (requested !== null) halting.abort()
    } catch (error) {
      if (error instanceof ClaimLost) lost.abort()
    }
  })
  try {
    return await workOff(site, claim, {
      ...turn,
      stopping: AbortSignal.any([turn.stopping, halting.signal, lost.signal]),
      ending: AbortSignal.any([turn.ending, lost.signal]),
    })
  } catch (thrown) {
    const error = toOpsError(thrown)
    if (error instanceof ClaimLost || passesByItself(error)) return undefined
    const halt = haltAfter(error, (await claim.renew()).attempt)
    if (halt === undefined) await claim.fail(error)
    else await claim.halt(halt)
    return typeof halt?.afterMs === 'number' ? { afterMs: halt.afterMs + clockSlackMs } : undefined
  } finally {
    await stopRenewing()
    turn.onChange(true)
  }
}

/** Without the database nothing can be said of the run: its claim runs out, and it is taken up again. */
function passesByItself({ code, cause }: OpsError): boolean {
  return code === 'DATABASE_UNAVAILABLE' || code === 'EMBEDDED_RESTARTED' || isPostgresError(cause, diskFull)
}

const diskFull = '53100'

/** @throws OpsError `PLUGIN_STUCK`, `INTERNAL` for a run that may be what ends the processes */
function checkTakeovers({ calls, input }: AnyRunKind, record: RunRecord): void {
  if (calls !== undefined && isGivenUpWhole(record.takeovers)) {
    throw new OpsError(
      'PLUGIN_STUCK',
      say(
        '{where}: the processes that called it ended or stood still, again and again. Have the plugin mended, then resume the run.',
        { where: calls(input.parse(record.input)) },
      ),
    )
  }
  if (record.attempt <= fruitlessClaims) return
  throw new OpsError('INTERNAL', `The processes that worked on the run ended ${fruitlessClaims} times at one place.`)
}

async function workOff(site: RunSite, claim: RunClaim, turn: Turn): Promise<Afterwards> {
  const { record } = claim
  const kind = site.kinds.get(record.kind)
  const tableId = record.table_id
  // Work for another version of the host.
  if (kind === undefined || tableId === null) return void (await claim.release())
  checkTakeovers(kind, record)
  const session = site.sessionOf(record.org_id, actorSchema.parse(record.actor))
  const underWay = { claim, kind, session, tableId, log: operationOf(record, session.actor) }
  const work = kind.gather === undefined ? workPrepared : workGathered
  const { state, latest, afterwards } = await work(underWay, record, turn)
  if (state === 'done' || state === 'cancelled') await kind.ended?.(openRun(latest, tableId, kind), { session })
  return afterwards
}

/** How this process left a run. */
interface Left {
  readonly state: RunState
  readonly latest: RunRecord
  readonly afterwards?: Afterwards
}

/** Items are made ahead, the next one while a step commits. */
async function workPrepared(underWay: RunUnderWay, claimed: RunRecord, turn: Turn): Promise<Left> {
  const { claim, kind, session, tableId, log } = underWay
  let latest = claimed
  const untilStopped = async (iterator: AsyncIterator<unknown>): Promise<Left> => {
    let since = performance.now()
    const activeMs = (): number => performance.now() - since
    const ahead = (): Promise<IteratorResult<unknown>> => {
      const next = iterator.next()
      next.catch(() => {}) // Looked at in its turn, if it comes to that.
      return next
    }
    let upcoming = ahead()
    while (latest.requested === null) {
      if (turn.isOver()) return await letGo(claim, latest, { afterMs: turn.restMs })
      const item = await upcoming
      if (turn.stopping.aborted) break
      if (item.done === true) return { state: await claim.finish(latest, activeMs()), latest }
      upcoming = ahead()
      const step = { record: latest, run: openRun(latest, tableId, kind) }
      latest = (await commitStep(underWay, step, item.value, activeMs, () => false)).record
      since = performance.now()
      turn.onChange(latest.state !== 'running')
      if (latest.state !== 'running') return { state: latest.state, latest, afterwards: afterwardsOf(latest) }
    }
    return await letGo(claim, latest)
  }
  const fromCheckpoint = async (): Promise<Left | 'stale'> => {
    const preparing = new AbortController()
    const signal = AbortSignal.any([turn.stopping, preparing.signal])
    const tools = { session, signal, log, suspect: claim.suspect }
    const items = kind.prepare?.(openRun(latest, tableId, kind), tools) ?? endless()
    const iterator: AsyncIterator<unknown> = items[Symbol.asyncIterator]()
    try {
      return await untilStopped(iterator)
    } catch (error) {
      if (error instanceof StalePreparation) return 'stale'
      if (!turn.stopping.aborted || error instanceof ClaimLost) throw error
      return await letGo(claim, latest)
    } finally {
      preparing.abort()
      await iterator.return?.()
    }
  }
  let left = await fromCheckpoint()
  while (left === 'stale') left = await fromCheckpoint()
  return left
}

/** What a step needs is gathered after the step before it, and finished before the run stops. */
async function workGathered(underWay: RunUnderWay, claimed: RunRecord, turn: Turn): Promise<Left> {
  const { claim, kind, session, tableId, log } = underWay
  let latest = claimed
  let foreseen: unknown
  while (!turn.ending.aborted) {
    const since = performance.now()
    const activeMs = (): number => performance.now() - since
    let isTold = false
    const isEnding = (): boolean => {
      isTold = turn.stopping.aborted || turn.isOver()
      return isTold
    }
    const run = openRun(latest, tableId, kind)
    let gathered: unknown
    try {
      gathered = await kind.gather?.(run, {
        session,
        signal: turn.ending,
        log,
        suspect: claim.suspect,
        foreseen,
      })
    } catch (error) {
      if (!turn.ending.aborted || error instanceof ClaimLost) throw error
      // Cut off: as if the process had been killed.
      break
    }
    const committed = await commitStep(underWay, { record: latest, run }, gathered, activeMs, isEnding)
    latest = committed.record
    foreseen = committed.foreseen
    turn.onChange(latest.state !== 'running')
    if (latest.state !== 'running') return { state: latest.state, latest, afterwards: afterwardsOf(latest) }
    // A step that was not told has planned the next one, which others would take for cut off.
    if (isTold) return await letGo(claim, latest, turn.stopping.aborted ? undefined : { afterMs: turn.restMs })
  }
  return await letGo(claim, latest)
}

async function letGo(claim: RunClaim, latest: RunRecord, afterwards?: Afterwards): Promise<Left> {
  return { state: await claim.release(), latest, afterwards }
}

/** When a run that rests is due. */
function afterwardsOf({ state, resume_at: dueAt }: RunRecord): Afterwards {
  if (state !== 'queued' && state !== 'paused') return undefined
  if (dueAt === null) return state === 'queued' ? { afterMs: 0 } : undefined
  return { afterMs: Math.max(0, Date.parse(dueAt) - Date.now()) + clockSlackMs }
}

/** Where a kind prepares nothing. */
async function* endless(): AsyncGenerator<undefined> {
  for (;;) yield undefined
}
