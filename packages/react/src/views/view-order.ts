import type { OpsView } from '../data/client/views-calls.ts'
import { allRowsId } from './use-table-view.ts'

/** Whether people may change a view and its place. That of all rows stays first. */
export function isMovable({ id, kind }: OpsView): boolean {
  return id !== allRowsId && kind !== 'system'
}

/** The views in another order, for the moment until the server has answered. */
export function inOrder(views: readonly OpsView[], ids: readonly string[] | null): readonly OpsView[] {
  if (ids === null) return views
  const place = new Map(ids.map((id, at) => [id, at]))
  return views.toSorted((a, b) => (place.get(a.id) ?? views.length) - (place.get(b.id) ?? views.length))
}
