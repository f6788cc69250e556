import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ClipboardPaste,
  Copy,
  EyeOff,
  Group,
  Info,
  Maximize2,
  MoveHorizontal,
  Pencil,
  Pin,
  PinOff,
  Scissors,
  Sigma,
  Trash2,
  X,
} from 'lucide'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { MenuEntry, MenuSections } from '../ui/menu-entry.ts'
import type { GridController } from './controller/create-grid.ts'
import type { GridActions } from './grid-actions.ts'
import { copySelection, readClipboard } from './menu-clipboard.ts'

const control = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+')

/** The menu of cells: what can be done with the selection. */
export function cellMenu(grid: GridController, actions: GridActions): MenuSections {
  const { core, store, clipboard } = grid
  const t = core.translate()
  const { selection, lines, layout, row } = store.get()
  const { onOpenRow, onOpenCell } = core.host()
  const { write, remove } = core.source()
  const line = selection === null ? undefined : lines.at(selection.active.line)
  const active = line?.kind === 'row' ? row(line.row) : undefined
  const key = layout.columns[selection?.active.column ?? -1]?.column.key ?? ''
  const status = active?.statuses?.[key]
  const rowCount = actions.selectedRowCount()
  const ctrl = control()
  const sections: MenuEntry[][] = [
    [
      ...(write === undefined
        ? []
        : [{ id: 'edit', label: t('menu.edit'), icon: Pencil, shortcut: 'Enter', run: () => grid.edit.start(null) }]),
      ...(onOpenRow === undefined || active === undefined
        ? []
        : [
            {
              id: 'open-row',
              label: t('menu.open-row'),
              icon: Maximize2,
              shortcut: 'Space',
              run: () => onOpenRow(active.id),
            },
          ]),
      ...(selection === null || onOpenCell === undefined || status === undefined
        ? []
        : [
            {
              id: 'open-cell',
              label: t('menu.open-cell'),
              icon: Info,
              run: () => void grid.edit.openCell(selection.active),
            },
          ]),
    ],
    [
      ...(write === undefined
        ? []
        : [
            {
              id: 'cut',
              label: t('menu.cut'),
              icon: Scissors,
              shortcut: `${ctrl}X`,
              run: () => void copySelection(grid, 'cut'),
            },
          ]),
      {
        id: 'copy',
        label: t('menu.copy'),
        icon: Copy,
        shortcut: `${ctrl}C`,
        run: () => void copySelection(grid, 'copy'),
      },
      ...(write === undefined
        ? []
        : [
            {
              id: 'paste',
              label: t('menu.paste'),
              icon: ClipboardPaste,
              shortcut: `${ctrl}V`,
              run: () =>
                void readClipboard().then(clipboard.paste, () =>
                  core.notify({ kind: 'error', text: t('paste.not-allowed', { key: `${ctrl}V` }) }),
                ),
            },
            { id: 'clear', label: t('menu.clear'), icon: X, shortcut: 'Del', run: () => void clipboard.clear('clear') },
          ]),
    ],
    remove === undefined || rowCount === 0
      ? []
      : [
          {
            id: 'delete-rows',
            label: rowCount === 1 ? t('menu.delete-row') : t('menu.delete-rows', { count: rowCount }),
            icon: Trash2,
            isDangerous: true,
            run: () => void removeSelected(grid, actions),
          },
        ],
  ]
  return sections.filter((section) => section.length > 0)
}

async function removeSelected({ core }: GridController, actions: GridActions): Promise<void> {
  try {
    const rows = await actions.selectedRows()
    await core.source().remove?.(rows.map(({ id }) => id))
  } catch (error) {
    core.fail('work.failed', error)
  }
}

/** The menu of a column. @param hasSummaries whether what columns add up to can be chosen */
export function columnMenu(grid: GridController, column: GridColumn, hasSummaries: boolean): MenuSections {
  const { core, columns, store } = grid
  const t = core.translate()
  const { onSort, onGroup, onHideColumn } = core.host()
  const { id } = column
  const { layout, menu } = store.get()
  const place = layout.columns.findIndex((placed) => placed.column.id === id)
  const sections: MenuEntry[][] = [
    onSort === undefined || column.type.sort === 'none'
      ? []
      : [
          { id: 'sort-ascending', label: t('menu.sort-ascending'), icon: ArrowUp, run: () => onSort(id, 'asc') },
          { id: 'sort-descending', label: t('menu.sort-descending'), icon: ArrowDown, run: () => onSort(id, 'desc') },
        ],
    onGroup === undefined ? [] : [{ id: 'group', label: t('menu.group-by'), icon: Group, run: () => onGroup(id) }],
    [
      ...(column.pinned == null
        ? [
            {
              id: 'pin-start',
              label: t('menu.pin-start'),
              icon: Pin,
              run: () => columns.change(id, { pinned: 'start' }),
            },
            { id: 'pin-end', label: t('menu.pin-end'), icon: Pin, run: () => columns.change(id, { pinned: 'end' }) },
          ]
        : [{ id: 'unpin', label: t('menu.unpin'), icon: PinOff, run: () => columns.change(id, { pinned: null }) }]),
      { id: 'fit', label: t('menu.fit-column'), icon: MoveHorizontal, run: () => void columns.fit(id) },
      {
        id: 'move-left',
        label: t('menu.move-left'),
        icon: ArrowLeft,
        shortcut: 'Alt+←',
        run: () => columns.move(place, place - 1),
      },
      {
        id: 'move-right',
        label: t('menu.move-right'),
        icon: ArrowRight,
        shortcut: 'Alt+→',
        run: () => columns.move(place, place + 1),
      },
    ],
    onHideColumn === undefined
      ? []
      : [{ id: 'hide', label: t('menu.hide-column'), icon: EyeOff, run: () => onHideColumn(id) }],
    menu === null || !hasSummaries || column.type.aggregates.length === 0
      ? []
      : [
          {
            id: 'summary',
            label: t('menu.summary'),
            icon: Sigma,
            // Once this menu is gone: the grid has one at a time.
            run: () => requestAnimationFrame(() => store.set({ menu: { ...menu, kind: 'summary' } })),
          },
        ],
  ]
  return sections.filter((section) => section.length > 0)
}
