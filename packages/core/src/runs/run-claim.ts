import type { Kysely } from 'kysely'
import { randomText } from '../catalog/new-id.ts'
import {
  type ClaimedRun,
  claimRun,
  failRun,
  haltRun,
  isOrgFull,
  type RunHalt,
  releaseRun,
  renewClaim,
  saveRunStep,
  suspectRun,
} from '../catalog/run-claims.repository.ts'
import type { Database } from '../db/database.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { RunRecord, RunState } from '../db/tables/runs.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/** The claim went to another process, or the run is gone: what this one does of it must not be committed. */
export class ClaimLost extends OpsError {
  constructor() {
    super('CONFLICT', say('Another process works on the run.'))
  }
}

/** One process's claim on a run. */
export interface RunClaim {
  readonly run: ClaimedRun
  /** As it was when it was claimed. */
  readonly record: RunRecord
  readonly leaseMs: number
  /** Lengthens the claim. @throws ClaimLost */
  renew(): Promise<RunRecord>
  /** Notes that what is called until the next step may be what ended former processes. @throws ClaimLost */
  suspect(): Promise<void>
  /** Ends the run after its last step. @throws ClaimLost */
  finish(record: RunRecord, activeMs: number): Promise<RunState>
  /** Lets go of the run between two steps, granting what was requested. */
  release(): Promise<RunState>
  /** Lets go of the run for a while, or until somebody lets it go on. @throws ClaimLost */
  halt(halt: RunHalt): Promise<RunState>
  /** Ends the run with what stopped it. */
  fail(error: OpsError): Promise<void>
}

/** How claims are taken. */
export interface ClaimRules {
  readonly leaseMs: number
  /** Runs of an org that are worked on at once, over all processes. undefined: as many as there are. */
  readonly runsPerOrg?: number | undefined
}

/** @returns undefined if there is no such run to work on, or somebody holds it; `full` if its org has no place left */
export async function takeClaim(
  database: OpenDatabase,
  { orgId, id }: { readonly orgId: string; readonly id: string },
  { leaseMs, runsPerOrg }: ClaimRules,
): Promise<RunClaim | 'full' | undefined> {
  const run: ClaimedRun = { orgId, id, token: randomText(20) }
  // Outside of the org's lock: whoever erases the org does not wait for it, nor it for them.
  const inCatalog = async <T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> =>
    await database.transaction(
      { scope: { kind: 'org', orgId, actor: 'system:runs' }, mode: 'write', orgLock: 'none' },
      ({ db }) => work(db),
    )
  const record = await inCatalog(async (db) => {
    if (runsPerOrg !== undefined && (await isOrgFull(db, run, runsPerOrg))) return 'full' as const
    return await claimRun(db, run, { leaseMs, alone: database.kind === 'embedded' })
  })
  if (record === undefined || record === 'full') return record
  return {
    run,
    record,
    leaseMs,
    renew: async () => {
      const renewed = await inCatalog((db) => renewClaim(db, run, leaseMs))
      if (renewed === undefined) throw new ClaimLost()
      return renewed
    },
    suspect: async () => {
      if (!(await inCatalog((db) => suspectRun(db, run)))) throw new ClaimLost()
    },
    finish: async ({ steps, checkpoint, done, counts }, activeMs) => {
      const step = { stepsBefore: steps, checkpoint, done, total: done, counts, finished: true, activeMs }
      const saved = await inCatalog((db) => saveRunStep(db, run, step, leaseMs))
      if (saved === undefined) throw new ClaimLost()
      return saved.state
    },
    release: async () => {
      const released = await inCatalog((db) => releaseRun(db, run))
      if (released === undefined) throw new ClaimLost()
      return released.state
    },
    halt: async (halt) => {
      const halted = await inCatalog((db) => haltRun(db, run, halt))
      if (halted === undefined) throw new ClaimLost()
      return halted.state
    },
    fail: ({ code, message }) => inCatalog((db) => failRun(db, run, { code, message })),
  }
}
