import {
  ArrowDown,
  ArrowUp,
  ArrowUpDown,
  Download,
  Eye,
  EyeOff,
  Group,
  History,
  ListFilter,
  Paintbrush,
  Pencil,
  Plus,
  Redo2,
  Save,
  Search,
  Settings2,
  Table2,
  Trash2,
  Undo2,
  Upload,
} from 'lucide'
import { CommandMenu } from '../commands/command-menu.tsx'
import type { EarlyKeys } from '../commands/early-search.tsx'
import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import type { Command } from '../data/registries.ts'
import { type Action, roleMay } from '../data/roles.ts'
import type { GridActions } from '../grid/grid-actions.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { commandTexts } from '../provider/command-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
import { useRunCommands } from '../runs/use-run-commands.ts'
import { canGroupBy, canSortBy } from '../views/column-choices.ts'
import { allRowsId, type TableView } from '../views/use-table-view.ts'
import { arrangedColumns, withColumn } from '../views/view-columns.ts'
import { dialogProps } from './dialog-props.ts'
import type { Tool } from './toolbar.tsx'

export interface TableCommandsProps {
  readonly view: TableView
  readonly grid: GridActions | null
  onTool(tool: Tool): void
  onOpen(kind: 'history' | 'trash' | 'save-as'): void
  onClose(): void
  /** What was typed before the menu stood there. */
  readonly early: EarlyKeys
}

const tools = [
  ['filter', 'filter.title', ListFilter],
  ['sort', 'tool.sort', ArrowUpDown],
  ['group', 'tool.group', Group],
  ['fields', 'tool.fields', Eye],
  ['colour', 'tool.colour', Paintbrush],
] as const

const control = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+')

/** The command menu of a table: all that its toolbar and menus do, and what hosts and plugins add. */
export function TableCommands(props: TableCommandsProps) {
  const { client, registries } = useData()
  const dialogs = useDialogs()
  const commands = [...useTableCommands(props), ...(registries.commands ?? [])]
  return (
    <CommandMenu
      commands={commands}
      place={{ client, tableId: props.view.table.id, openDialog: dialogs.open }}
      onClose={props.onClose}
      early={props.early.current}
    />
  )
}

/** Everything that the toolbar and the menus of a table do, as commands. */
export function useTableCommands({
  view,
  grid,
  onTool,
  onOpen,
}: Omit<TableCommandsProps, 'onClose' | 'early'>): readonly Command[] {
  const { translate: t } = useOpsContext()
  const { role, uploads } = useData()
  const types = useColumnTypes()
  const dialogs = useDialogs()
  const may = (action: Action) => roleMay(role, action)
  const runs = useRunCommands(view)
  const { table, definition } = view
  const inTable = { group: t('command.table') }
  const inRows = { group: t('command.rows') }
  const key = control()
  const dialog = (id: string, label: string, icon: typeof Eye, action: Action): readonly Command[] =>
    dialogs.has(id) && may(action)
      ? [{ ...inTable, id, label, icon, run: () => dialogs.open(id, dialogProps(view)) }]
      : []
  const commands: readonly Command[] = [
    ...tools.map(([tool, label, icon]) => ({
      ...inTable,
      id: `tool-${tool}`,
      label: t(label),
      icon,
      run: () => onTool(tool),
    })),
    {
      ...inTable,
      id: 'find',
      label: t('find.placeholder'),
      icon: Search,
      shortcut: `${key}F`,
      run: () => grid?.find(),
    },
    ...(may('undo')
      ? [
          {
            ...inTable,
            id: 'undo',
            label: t('tool.undo'),
            icon: Undo2,
            shortcut: `${key}Z`,
            run: () => void grid?.undo(),
          },
          {
            ...inTable,
            id: 'redo',
            label: t('tool.redo'),
            icon: Redo2,
            shortcut: `${key}Shift+Z`,
            run: () => void grid?.redo(),
          },
        ]
      : []),
    ...(view.isChanged && view.canMake
      ? [{ ...inTable, id: 'save-as', label: t('view.save-as'), icon: Save, run: () => onOpen('save-as') }]
      : []),
    { ...inTable, id: 'history', label: t('table.history'), icon: History, run: () => onOpen('history') },
    { ...inTable, id: 'trash', label: t('table.trash'), icon: Trash2, run: () => onOpen('trash') },
    ...(uploads === null ? [] : dialog('import', t('tool.import'), Upload, 'import')),
    ...dialog('export', t('tool.export'), Download, 'export'),
    ...dialog('table-settings', t('table.settings'), Settings2, 'definitions.write'),
    ...dialog('add-column', t('grid.add-column'), Plus, 'definitions.write'),
    ...runs,
    ...(may('rows.write')
      ? [{ ...inRows, id: 'add-row', label: t('grid.add-row'), icon: Plus, run: () => void grid?.addRow() }]
      : []),
    ...view.views
      .filter(({ id }) => id !== view.view.id)
      .map(({ id, name }) => ({
        id: `view-${id}`,
        group: t('command.view'),
        label: t('command.go-view', { name: id === allRowsId ? t('view.all-rows') : name }),
        icon: Table2,
        run: () => view.choose(id),
      })),
    ...arrangedColumns(table.columns, definition).flatMap(({ column, isVisible }) => {
      const { id, name } = column
      const group = t('command.column')
      const sort = (dir: 'asc' | 'desc', icon: typeof Eye): Command => ({
        id: `sort-${id}-${dir}`,
        group,
        label: `${t('command.sort', { name })} ${dir === 'asc' ? '↑' : '↓'}`,
        icon,
        run: () => view.change({ sorts: [{ column: id, dir }] }),
      })
      return [
        ...(canSortBy(column, types) ? [sort('asc', ArrowUp), sort('desc', ArrowDown)] : []),
        ...(canGroupBy(column, types)
          ? [
              {
                id: `group-${id}`,
                group,
                label: t('command.group', { name }),
                icon: Group,
                run: () => view.change({ groupBy: [{ column: id }] }),
              },
            ]
          : []),
        {
          id: `show-${id}`,
          group,
          label: t(isVisible ? 'command.hide' : 'command.show', { name }),
          icon: isVisible ? EyeOff : Eye,
          run: () => view.change(withColumn(table.columns, definition, id, { visible: !isVisible })),
        },
        ...(dialogs.has('edit-column') && may('definitions.write')
          ? [
              {
                id: `edit-${id}`,
                group,
                label: t('command.edit', { name }),
                icon: Pencil,
                run: () => dialogs.open('edit-column', { tableId: table.id, columnId: id }),
              },
            ]
          : []),
      ]
    }),
  ]
  return commands.map((command) => withWords(command, t))
}

/** A command that other words find, too. */
function withWords(command: Command, translate: Translate): Command {
  const key = `words.${command.id}`
  return isWordsKey(key) ? { ...command, words: [translate(key)] } : command
}

function isWordsKey(key: string): key is keyof typeof commandTexts {
  return Object.hasOwn(commandTexts, key)
}
