import type { Table } from '../catalog/table.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { DuplicateOptions } from '../store/duplicate-table.ts'
import type { WriteOptions } from '../store/operation-log.ts'
import type { SqlView, SqlViewOptions } from '../store/sql-view.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { ListOptions, Page, TableChangesInput, TableInput } from '../store/tables.service.ts'
import type { CopyRequest } from '../transfer/copy/copy-from-table.ts'

type Writing = CallOptions & WriteOptions

export interface TablesApi {
  /** @throws OpsError `INVALID_INPUT`, `INVALID_VALUE`, `ALREADY_EXISTS`, `LIMIT_EXCEEDED` */
  create(input: TableInput, options?: Writing): Promise<Table>
  /** @throws OpsError `NOT_FOUND` */
  get(tableId: string, options?: CallOptions): Promise<Table>
  /** Tables in the order they were made. */
  list(options?: ListOptions & { readonly deleted?: boolean | undefined }): Promise<Page<Table>>
  /** Renames or describes a table. */
  update(tableId: string, changes: TableChangesInput, options?: Writing): Promise<Table>
  /** Makes a table with the same columns and, unless `rows` is false, the same rows. */
  duplicate(tableId: string, options?: DuplicateOptions): Promise<Table>
  /**
   * Starts copying rows from another table of the org, as a run: see `runs`. Each copy has the id of its origin as `externalKey`: the
   * same call, made later, brings copies up to date, adds what is new and, if asked to, deletes what is gone. The copies
   * are rows of their own; deleting the origin harms none.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
   */
  copyFrom(tableId: string, request: CopyRequest, options?: CallOptions & StartOptions): Promise<Run>
  /** Hides a table; `restore` brings it back with all its rows. */
  delete(tableId: string, options?: Writing): Promise<void>
  /** @throws OpsError `NOT_FOUND` if no deleted table has the id */
  restore(tableId: string, options?: Writing): Promise<Table>
  /**
   * Makes or finds a view for who reads the table by plain SQL, with the keys of its columns as names, and says what to
   * run so that a role may read it. The view follows the table; it goes when the table is deleted.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
   *
   * @example
   * // What the command `opslayer sql-view <table> --org <org> --reader reporting` prints:
   * const { name, grants } = await acme.tables.sqlView(leads.id, { reader: 'reporting' })
   * console.log([`-- ${name}`, ...grants.map((grant) => `${grant};`)].join('\n'))
   */
  sqlView(tableId: string, options?: SqlViewOptions): Promise<SqlView>
}
