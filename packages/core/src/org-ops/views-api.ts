import type { CallOptions } from '../db/transaction.ts'
import type { WriteOptions } from '../store/operation-log.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { View } from '../views/view.ts'
import type { ViewChangesInput, ViewInput } from '../views/views.service.ts'

type Writing = CallOptions & WriteOptions

/** Saved ways to look at a table. Reads take a view's id as `view`. */
export interface ViewsApi {
  /** @throws OpsError `INVALID_INPUT`, `INVALID_QUERY`, `FORBIDDEN`, `LIMIT_EXCEEDED` */
  create(tableId: string, input: ViewInput, options?: Writing): Promise<View>
  /** @throws OpsError `NOT_FOUND`, also for another user's personal view */
  get(tableId: string, viewId: string, options?: CallOptions): Promise<View>
  /** The view of all rows (`all`), then shared, system and own personal views in their common order. */
  list(tableId: string, options?: ListOptions & { readonly deleted?: boolean | undefined }): Promise<Page<View>>
  /** @throws OpsError `CONFLICT` if the view is no longer of the `version` given, `LOCKED`, `FORBIDDEN` */
  update(tableId: string, viewId: string, changes: ViewChangesInput, options?: Writing): Promise<View>
  rename(tableId: string, viewId: string, name: string, options?: Writing): Promise<View>
  /** Makes a view of the actor's own out of any they see. */
  duplicate(
    tableId: string,
    viewId: string,
    options?: Writing & { readonly name?: string | undefined; readonly kind?: 'personal' | 'shared' | undefined },
  ): Promise<View>
  /** Puts a view at a place among those that the actor sees, from 0, behind the view of all rows. */
  move(tableId: string, viewId: string, place: number, options?: CallOptions): Promise<void>
  /** @throws OpsError `LOCKED` for a system view */
  delete(tableId: string, viewId: string, options?: Writing): Promise<void>
  /** @throws OpsError `NOT_FOUND` if no deleted view has the id */
  restore(tableId: string, viewId: string, options?: Writing): Promise<View>
}
