import type * as z from 'zod'
import type { RunRest } from '../catalog/run-claims.repository.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'

/** How far a run is. */
export interface Progress {
  /** Rows dealt with. */
  readonly done: number
  /** Rows to deal with; null while it is not known. */
  readonly total: number | null
  /** What became of the rows, by the kind's own words. */
  readonly counts: Readonly<Record<string, number>>
}

/** A run as its kind sees it. */
export interface OpenRun<Input, Checkpoint> {
  readonly id: string
  readonly tableId: string
  readonly input: Input
  /** Where the last committed step left it; null before the first. */
  readonly checkpoint: Checkpoint | null
  readonly progress: Progress
  /**
   * Processes in a row that ended or stood still at this place: the first of them may have been anywhere in it, the others had
   * called `suspect`.
   */
  readonly takeovers: number
}

/** What a step leaves behind; committed together with the rows that it wrote. */
export interface StepResult<Checkpoint, Foreseen = undefined> {
  readonly checkpoint: Checkpoint
  readonly progress: Progress
  /** Whether that was the last step. Where there is `prepare`, its end is the end. @default false */
  readonly finished?: boolean
  /** Lets the run go until later; what it has done counts. @default it goes on */
  readonly rest?: RunRest | undefined
  /** What the log of a run that is over says of its end. @default nothing */
  readonly told?: { readonly message: string } | undefined
  /** Writes that go out together with where the run stands, which saves a round trip. @default none */
  readonly besides?: (() => Promise<void>) | undefined
  /** What the step has read of that which comes next: for the next `gather`, if this process goes on at once. */
  readonly foreseen?: Foreseen | undefined
}

/** What a kind has at hand. */
export interface StepTools {
  /** The run's operation: entries of the change log that the run writes belong to it. */
  readonly log: OperationLog
  /** Asks, in the step's transaction, whether the run stops after this step for now: then it takes on nothing more. */
  isHalting(): Promise<boolean>
}

/** What `prepare` has at hand; it holds no transaction. */
export interface PrepareTools {
  readonly log: OperationLog
  /** Of the org, in the name of the actor who started the run. */
  readonly session: OrgSession
  /**
   * To be called before a plugin is where `takeovers` is not 0: a process that ends until the next step then counts as ended
   * by it.
   */
  readonly suspect: () => Promise<void>
  /** Aborts when the run is to stop: nothing that was prepared and not committed counts. */
  readonly signal: AbortSignal
}

/**
 * A kind of run over one table.
 *
 * Each step is one transaction, of about a second at most: what it writes, its checkpoint and its progress commit
 * together, so that a process killed anywhere loses and repeats nothing. A step may run again with the same input, if
 * its transaction was rolled back; it must keep no state of its own outside of what it returns.
 */
export interface RunKind<Input, Checkpoint, Prepared, Foreseen = undefined> {
  /** Kept with each run, as its input and checkpoints are: as JSON. */
  readonly id: string
  readonly input: z.ZodType<Input>
  readonly checkpoint: z.ZodType<Checkpoint>
  /**
   * What of a plugin the run calls, for people: the run fails in its name where processes end over it. A kind that looks at
   * `takeovers` itself has none. @default no plugin
   */
  readonly calls?: (input: Input) => string
  /**
   * Makes what the steps need and takes time without the database, from the run's checkpoint on: one item a step. The
   * next item is made while the step before it commits. What it writes itself, the definition of a column say, may be
   * done again after a kill.
   */
  readonly prepare?: (run: OpenRun<Input, Checkpoint>, tools: PrepareTools) => AsyncIterable<Prepared>
  /**
   * In place of `prepare`, where what takes time must not be done twice: what the next step needs, from the run as the
   * step before has left it. Who pauses or cancels the run
   * waits for it.
   */
  readonly gather?: (
    run: OpenRun<Input, Checkpoint>,
    tools: PrepareTools & {
      /** From the step before, if it was committed just now. */
      readonly foreseen: Foreseen | undefined
    },
  ) => Promise<Prepared>
  readonly step: (
    work: TableWork,
    run: OpenRun<Input, Checkpoint>,
    tools: StepTools & { readonly prepared: Prepared },
  ) => Promise<StepResult<Checkpoint, Foreseen>>
  /** Cleans up after a run that is done or cancelled. Never called if the process is killed, or nothing works on it. */
  readonly ended?: (run: OpenRun<Input, Checkpoint>, tools: { readonly session: OrgSession }) => Promise<void>
}

/**
 * What was prepared is of the past, as the definition of the table has changed since: a step or the preparation throws
 * it, nothing is written, and preparation begins anew from the checkpoint.
 */
export class StalePreparation extends OpsError {
  constructor() {
    super('CONFLICT', say('The table was changed while rows for it were prepared.'))
  }
}

/** A kind whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are invariant; only `any` accepts every kind
export type AnyRunKind = RunKind<any, any, any, any>

/** Infers what a kind's steps are given and give. */
export function defineRunKind<
  Input extends object,
  Checkpoint extends object,
  Prepared = undefined,
  Foreseen = undefined,
>(kind: RunKind<Input, Checkpoint, Prepared, Foreseen>): RunKind<Input, Checkpoint, Prepared, Foreseen> {
  return Object.freeze(kind)
}
