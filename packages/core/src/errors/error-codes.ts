/**
 * Every way an opslayer call can fail. The table is closed: a new failure needs a line here first.
 *
 * `retryable` says whether the same call, unchanged, may succeed later.
 */
export const errorCodes = {
  /** The input breaks a rule that can be read from the docs: wrong type, missing field, bound exceeded. */
  INVALID_INPUT: { retryable: false },
  /** A cell value that its column type refuses. */
  INVALID_VALUE: { retryable: false },
  /** A filter, sort or group that does not fit the table. */
  INVALID_QUERY: { retryable: false },
  /** A formula that cannot be read or does not fit its columns; `issues` say where. */
  FORMULA_INVALID: { retryable: false },
  /** A formula that would read its own result, over others or at once. */
  FORMULA_CYCLE: { retryable: false },
  /** A cell of a formula's column was written; its formula gives it. */
  COMPUTED_COLUMN: { retryable: false },
  /** The host no longer has the type of the column: its cells are kept and can be read, and are not written. */
  COLUMN_TYPE_MISSING: { retryable: false },
  /** Formulas read the column; the message names them. Say `force` to do it all the same. */
  COLUMN_IN_USE: { retryable: false },
  /** A value that breaks the rule of its column. */
  RULE_VIOLATION: { retryable: false },
  /** A bound on size or count was exceeded: columns per table, bytes per cell, depth of a filter. */
  LIMIT_EXCEEDED: { retryable: false },
  /** The thing does not exist, or belongs to another org; the two cannot be told apart. */
  NOT_FOUND: { retryable: false },
  /** The name or key is taken. */
  ALREADY_EXISTS: { retryable: false },
  /** The row was changed by someone else since the version given. */
  CONFLICT: { retryable: false },
  /** A unique column already holds the value. */
  UNIQUE_VIOLATION: { retryable: false },
  /** The column is locked, or the view belongs to the system. */
  LOCKED: { retryable: false },
  /** The org is being erased or imported; what it will hold is not settled. */
  ORG_UNAVAILABLE: { retryable: true },
  /** Who calls could not be told: no session, no key, or an expired one. */
  UNAUTHENTICATED: { retryable: false },
  /** The actor may not do this. */
  FORBIDDEN: { retryable: false },
  /** Too many calls in too short a time; wait and call again. */
  RATE_LIMITED: { retryable: true },
  /** A plugin breaks the contract; the message names it and what is wrong. */
  PLUGIN_INVALID: { retryable: false },
  /** The vendor no longer accepts the credentials of the connection; reconnect it. */
  CREDENTIALS_REFUSED: { retryable: false },
  /** A plugin threw what it should not, gave what it may not, or took too long. */
  PLUGIN_FAILED: { retryable: false },
  /** The processes that called a plugin ended or stood still over it, again and again: it is left alone. */
  PLUGIN_STUCK: { retryable: false },
  /** What was to come back from a vendor's consent screen has expired, was used already, or was begun elsewhere. */
  OAUTH_STATE_INVALID: { retryable: false },
  /** Secrets cannot be kept or read: `encryptionKeys` lacks the key. */
  ENCRYPTION_KEY_MISSING: { retryable: false },
  /** The vendor understood the call and refuses it. */
  VENDOR_REFUSED: { retryable: false },
  /** The vendor's answer is not what it is documented to be. */
  VENDOR_ANSWER_INVALID: { retryable: false },
  /** There is nothing to undo or redo, or later changes stand in the way. */
  UNDO_UNAVAILABLE: { retryable: false },
  /** Changes behind the cursor are no longer kept. */
  CHANGES_PRUNED: { retryable: false },
  /** What a vendor or a plan allows in a day, say, is used up; the error tells when there is more. */
  QUOTA_EXHAUSTED: { retryable: true },
  /** Another service cannot be reached, breaks off, or has failed so often that it is left alone for a while. */
  VENDOR_UNAVAILABLE: { retryable: true },
  /** The address must not be called: another scheme than http, a private network, a forbidden port. */
  URL_REFUSED: { retryable: false },
  /** The statement ran longer than its time limit. */
  TIMEOUT: { retryable: true },
  /** The disk for temporary files, or that of the host, is full. */
  STORAGE_FULL: { retryable: true },
  /** Two transactions stood in each other's way and this one gave up. */
  CONTENTION: { retryable: true },
  /** A query on the outer handle was started inside a transaction; it would wait for itself. */
  NESTED_TRANSACTION: { retryable: false },
  /** The database cannot be reached. */
  DATABASE_UNAVAILABLE: { retryable: true },
  /** The database lacks a role, a right or a version that opslayer needs. */
  DATABASE_UNSUITABLE: { retryable: false },
  /** The embedded database was restarted to end a statement; the transaction was rolled back. */
  EMBEDDED_RESTARTED: { retryable: true },
  /** Another process holds the directory of the embedded database. */
  EMBEDDED_LOCKED: { retryable: false },
  /** The catalog was never migrated; call `ops.migrate()`. */
  SCHEMA_MISSING: { retryable: false },
  /** The catalog was migrated by a newer opslayer than this one. */
  SCHEMA_NEWER: { retryable: false },
  /** The call asks for what this kind of database cannot do (the order of a language on the embedded one, say). */
  UNSUPPORTED: { retryable: false },
  /** A fault in opslayer. The cause is kept. */
  INTERNAL: { retryable: false },
} as const satisfies Record<string, { readonly retryable: boolean }>

export type OpsErrorCode = keyof typeof errorCodes
