import { lazy } from 'react'
import type { Dialogs } from '../data/registries.ts'

/** Our own dialogs by id, each in a chunk of its own that is loaded when it is first opened. */
export const builtInDialogs: Dialogs = {
  'add-column': lazy(() => import('../columns/add-column-dialog.tsx')),
  'edit-column': lazy(() => import('../columns/edit-column-dialog.tsx')),
  connections: lazy(() => import('../connections/connections-dialog.tsx')),
  action: lazy(() => import('../actions/action-dialog.tsx')),
  'run-column': lazy(() => import('../runs/run-column-dialog.tsx')),
  runs: lazy(() => import('../runs/runs-dialog.tsx')),
  import: lazy(() => import('../transfer/import-dialog.tsx')),
  export: lazy(() => import('../transfer/export-dialog.tsx')),
  'new-table': lazy(() => import('../transfer/new-table-dialog.tsx')),
  'table-settings': lazy(() => import('../columns/table-settings-dialog.tsx')),
}
