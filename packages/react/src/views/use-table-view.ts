import { useCallback, useMemo, useState } from 'react'
import type { UnsavedView } from '../data/client/rows-calls.ts'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import type { OpsView, ViewDefinition } from '../data/client/views-calls.ts'
import { useMay } from '../data/use-may.ts'
import { useTable } from '../data/use-tables.ts'
import { useViewMutations, useViews } from '../data/use-views.ts'
import { definitionWith, readView, type ViewChanges, withChanges } from './view-changes.ts'

/** Id of the view of all rows, which nobody can change or lose. */
export const allRowsId = 'all'

/** A table seen through one of its views, with what the user has changed of it. */
export interface TableView {
  readonly table: OpsTableInfo
  readonly views: readonly OpsView[]
  readonly view: OpsView
  /** The view as it stands on the screen. */
  readonly definition: ViewDefinition
  /** How reads name it. */
  readonly reads: string | UnsavedView
  readonly isChanged: boolean
  /** Whether the changes may be saved into the view itself, not only into a new one. */
  readonly canSave: boolean
  /** Whether the user may make views at all. */
  readonly canMake: boolean
  choose(viewId: string): void
  change(changes: ViewChanges): void
  reset(): void
  /** @throws what the server refuses, `CONFLICT` if somebody else saved the view meanwhile */
  save(): Promise<void>
  /** Makes a view of what is on the screen and goes there. */
  saveAs(name: string, kind: 'personal' | 'shared'): Promise<void>
}

export interface TableViewOptions {
  /** The view to show; with it, `onViewChange` must follow the user's choice. @default the user's choice */
  readonly viewId?: string | undefined
  readonly onViewChange?: ((viewId: string) => void) | undefined
}

export interface TableViewState {
  /** Null while the table is read. */
  readonly view: TableView | null
  /** Why it could not be read. */
  readonly error: Error | null
  retry(): void
}

const noChanges: ViewChanges = {}

/** Shows a table through a view. Each view keeps its unsaved changes until they are saved or reset. */
export function useTableView(tableId: string, options: TableViewOptions = {}): TableViewState {
  const table = useTable(tableId)
  const views = useViews(tableId)
  const mutations = useViewMutations(tableId)
  const update = mutations.update.mutateAsync
  const create = mutations.create.mutateAsync
  const canMake = useMay('views.write')
  const [ownChoice, setOwnChoice] = useState(allRowsId)
  const [changed, setChanged] = useState<Readonly<Record<string, ViewChanges>>>({})
  const wanted = options.viewId ?? ownChoice
  const view = views.data?.find(({ id }) => id === wanted) ?? views.data?.[0]
  const { onViewChange } = options

  const choose = useCallback(
    (viewId: string) => {
      setOwnChoice(viewId)
      onViewChange?.(viewId)
    },
    [onViewChange],
  )

  const changes = (view && changed[view.id]) ?? noChanges
  const stored = useMemo(() => view && storedDefinition(view), [view])
  const definition = useMemo(() => stored && definitionWith(stored, changes), [stored, changes])
  const readKey = JSON.stringify(view && readView(view.id, changes))
  // The same text is the same view: rows are not read anew because a list of views was.
  const reads = useMemo(
    (): string | UnsavedView => (readKey === undefined ? allRowsId : JSON.parse(readKey)),
    [readKey],
  )

  const shown = useMemo((): TableView | null => {
    if (table.data === undefined || views.data === undefined) return null
    if (view === undefined || stored === undefined || definition === undefined) return null
    const setChanges = (next: (before: ViewChanges) => ViewChanges) =>
      setChanged((all) => ({ ...all, [view.id]: next(all[view.id] ?? noChanges) }))
    return {
      table: table.data,
      views: views.data,
      view,
      definition,
      reads,
      isChanged: Object.keys(changes).length > 0,
      canSave: canMake && view.id !== allRowsId && view.kind !== 'system',
      canMake,
      choose,
      change: (more) => setChanges((before) => withChanges(stored, before, more)),
      reset: () => setChanges(() => noChanges),
      async save() {
        await update({
          viewId: view.id,
          changes: { definition: changes, version: view.version },
        })
        // What was changed meanwhile is not saved yet.
        setChanges((now) => withChanges(definition, noChanges, now))
      },
      async saveAs(name, kind) {
        const made = await create({ name, kind, definition })
        setChanges(() => noChanges)
        choose(made.id)
      },
    }
  }, [table.data, views.data, view, stored, definition, reads, changes, canMake, choose, update, create])

  return {
    view: shown,
    error: table.error ?? views.error,
    retry() {
      void table.refetch()
      void views.refetch()
    },
  }
}

/** The view of all rows says nothing about pinning; people expect the first column to stay in sight. */
function storedDefinition({ id, definition }: OpsView): ViewDefinition {
  return id === allRowsId ? { ...definition, pinned: { left: 1, right: 0 } } : definition
}
