import type { Access, Actor } from '@opslayer/core'
import type { Action, ProcedureName } from './roles.ts'

/** Who calls, as the host's own session says. */
export interface Identity {
  readonly orgId: string
  /** `role` is one of `viewer`, `editor`, `admin`, `owner`; without one nothing is allowed. */
  readonly actor: Actor
  /** Names the browser's session: who begins a vendor's consent must be who finishes it. @default none */
  readonly session?: string | undefined
  /** What of the org is there for them. @default all of it */
  readonly access?: Access | undefined
}

/** A call that the matrix allows, for the host to refuse or narrow. */
export interface AuthorizedCall extends Identity {
  readonly procedure: ProcedureName
  readonly action: Action
  /** The table that the call names. */
  readonly tableId: string | undefined
}
