import {
  ArrowUpDown,
  Download,
  Ellipsis,
  Eye,
  Group,
  History,
  ListFilter,
  Paintbrush,
  Redo2,
  Rows3,
  Search,
  Settings2,
  Trash2,
  Undo2,
  Upload,
} from 'lucide'
import { createRef, type ReactNode, useState } from 'react'
import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { useMay } from '../data/use-may.ts'
import { FilterBuilder } from '../filters/filter-builder.tsx'
import type { FilterDraftOptions } from '../filters/use-filter-draft.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { RunTool } from '../runs/run-tool.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { Popover } from '../ui/popover.tsx'
import { FieldsMenu } from '../views/fields-menu.tsx'
import { FormatRules } from '../views/format-rules.tsx'
import { GroupMenu } from '../views/group-menu.tsx'
import { SortMenu } from '../views/sort-menu.tsx'
import type { FormatRulesOptions } from '../views/use-format-rules.ts'
import type { TableView } from '../views/use-table-view.ts'
import { arrangedColumns } from '../views/view-columns.ts'
import { dialogProps } from './dialog-props.ts'
import { rowHeightEntries } from './row-heights.ts'

/** The tools of a table of which one is open. */
export type Tool = 'filter' | 'sort' | 'group' | 'fields' | 'colour'

export interface ToolbarProps {
  readonly view: TableView
  readonly open: Tool | null
  /** The column that the filter begins a condition on. @default none */
  readonly filterColumn?: string | null
  onOpen(tool: Tool | null): void
  onFind(): void
  onUndo(): void
  onRedo(): void
  onHistory(): void
  onTrash(): void
  /** Stands at the end, such as a button of the host's. */
  readonly children?: ReactNode
}

/** What can be done to the view on the screen, and to the table. */
export function Toolbar(props: ToolbarProps) {
  const { view, open, onOpen } = props
  const { translate } = useOpsContext()
  const { definition, table } = view
  const kept = useKeptDrafts(view.view.id)
  const hidden = arrangedColumns(table.columns, definition).filter(({ isVisible }) => !isVisible).length
  const tool = (name: Tool, label: string, icon: typeof Eye, count: number, panel: ReactNode) => (
    <Popover
      key={name}
      label={label}
      open={open === name}
      onOpenChange={(next) => onOpen(next ? name : null)}
      trigger={
        <Button look="quiet" icon={icon}>
          <span className="ops-tool-label">{label}</span>
          {count === 0 ? null : <span className="ops-tool-count">{count}</span>}
        </Button>
      }
    >
      {panel}
    </Popover>
  )
  return (
    <div className="ops-toolbar" role="toolbar" aria-label={translate('tool.bar')}>
      {tool(
        'filter',
        translate('filter.title'),
        ListFilter,
        countConditions(definition.filter),
        <FilterBuilder
          tableId={table.id}
          columns={table.columns}
          value={definition.filter}
          startWith={props.filterColumn}
          kept={kept.filter}
          onChange={(filter) => view.change({ filter })}
        />,
      )}
      {tool(
        'sort',
        translate('tool.sort'),
        ArrowUpDown,
        definition.sorts.length,
        <SortMenu columns={table.columns} value={definition.sorts} onChange={(sorts) => view.change({ sorts })} />,
      )}
      {tool(
        'group',
        translate('tool.group'),
        Group,
        definition.groupBy.length,
        <GroupMenu
          columns={table.columns}
          value={definition.groupBy}
          onChange={(groupBy) => view.change({ groupBy })}
        />,
      )}
      {tool(
        'fields',
        translate('tool.fields'),
        Eye,
        hidden,
        <FieldsMenu columns={table.columns} value={definition} onChange={view.change} />,
      )}
      {tool(
        'colour',
        translate('tool.colour'),
        Paintbrush,
        definition.formats.length,
        <FormatRules
          key={view.view.id}
          tableId={table.id}
          columns={table.columns}
          value={definition.formats}
          kept={kept.formats}
          onChange={(formats) => view.change({ formats })}
        />,
      )}
      <span className="ops-toolbar-gap" />
      <Tools {...props} />
    </div>
  )
}

/** What is unfinished in a view's panels, which go when they are closed. */
function useKeptDrafts(viewId: string) {
  const [drafts] = useState(() => new Map<string, { filter: FilterKept; formats: FormatsKept }>())
  const kept = drafts.get(viewId) ?? { filter: createRef(), formats: createRef() }
  drafts.set(viewId, kept)
  return kept
}

type FilterKept = NonNullable<FilterDraftOptions['kept']>
type FormatsKept = NonNullable<FormatRulesOptions['kept']>

function Tools({ view, onFind, onUndo, onRedo, onHistory, onTrash, children }: ToolbarProps) {
  const { translate } = useOpsContext()
  const dialogs = useDialogs()
  const mayUndo = useMay('undo')
  const { uploads } = useData()
  const mayImport = useMay('import') && uploads !== null
  const mayDefine = useMay('definitions.write')
  const dialog = (id: string, label: string, icon: typeof Eye): readonly MenuEntry[] =>
    dialogs.has(id) ? [{ id, label, icon, run: () => dialogs.open(id, dialogProps(view)) }] : []
  const sections: readonly (readonly MenuEntry[])[] = [
    rowHeightEntries(view, translate).map((entry) => ({ ...entry, icon: Rows3 })),
    [
      ...(mayImport ? dialog('import', translate('tool.import'), Upload) : []),
      ...dialog('export', translate('tool.export'), Download),
    ],
    [
      { id: 'history', label: translate('table.history'), icon: History, run: onHistory },
      { id: 'trash', label: translate('table.trash'), icon: Trash2, run: onTrash },
      ...(mayDefine ? dialog('table-settings', translate('table.settings'), Settings2) : []),
    ],
  ]
  return (
    <>
      <RunTool view={view} />
      <IconButton icon={Search} label={translate('tool.search')} onClick={onFind} />
      {mayUndo ? (
        <>
          <IconButton icon={Undo2} label={translate('tool.undo')} onClick={onUndo} />
          <IconButton icon={Redo2} label={translate('tool.redo')} onClick={onRedo} />
        </>
      ) : null}
      <Menu
        label={translate('tool.more')}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={translate('tool.more')} />}
        sections={sections.filter((section) => section.length > 0)}
      />
      {children}
    </>
  )
}

function countConditions(filter: TableView['definition']['filter']): number {
  if (filter === null) return 0
  if ('and' in filter) return filter.and.reduce((sum, part) => sum + countConditions(part), 0)
  if ('or' in filter) return filter.or.reduce((sum, part) => sum + countConditions(part), 0)
  return 'not' in filter ? countConditions(filter.not) : 1
}
