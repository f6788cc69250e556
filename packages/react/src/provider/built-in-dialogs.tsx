import type { ComponentType } from 'react'
import type { DialogControl, Dialogs } from '../data/registries.ts'
import { NotLoadedDialog } from '../ui/not-loaded-dialog.tsx'
import { onDemand } from '../ui/on-demand.ts'

const dialog = <Props extends DialogControl>(load: () => Promise<{ readonly default: ComponentType<Props> }>) =>
  onDemand(
    load,
    (module) => module.default,
    ({ open, onOpenChange }: Props, retry, error) => (
      <NotLoadedDialog open={open} onClose={() => onOpenChange(false)} onRetry={retry} error={error} />
    ),
  )

/** Our own dialogs by id, each in a chunk of its own that is loaded when it is first opened. */
export const builtInDialogs: Dialogs = {
  'add-column': dialog(() => import('../columns/add-column-dialog.tsx')),
  'edit-column': dialog(() => import('../columns/edit-column-dialog.tsx')),
  connections: dialog(() => import('../connections/connections-dialog.tsx')),
  action: dialog(() => import('../actions/action-dialog.tsx')),
  'run-column': dialog(() => import('../runs/run-column-dialog.tsx')),
  runs: dialog(() => import('../runs/runs-dialog.tsx')),
  import: dialog(() => import('../transfer/import-dialog.tsx')),
  export: dialog(() => import('../transfer/export-dialog.tsx')),
  'new-table': dialog(() => import('../transfer/new-table-dialog.tsx')),
  'table-settings': dialog(() => import('../columns/table-settings-dialog.tsx')),
}
