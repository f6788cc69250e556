import { useMemo } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { GroupBy, Sort } from '../data/client/views-calls.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { canGroupBy, canSortBy } from './column-choices.ts'

export interface LevelsOptions<Level> {
  readonly columns: readonly TableColumn[]
  readonly value: readonly Level[]
  onChange(levels: readonly Level[]): void
}

/** Sorts or groups of a view, the most important first, and everything that can be done to them. */
export interface Levels<Level> {
  readonly levels: readonly Level[]
  /** Undefined for a column that is gone. */
  columnOf(level: Level): TableColumn | undefined
  /** The column's name. */
  nameOf(level: Level): string
  /** Columns that a level may be by: its own, and those that no other level has. */
  choicesFor(level: Level): readonly TableColumn[]
  /** Whether there is room for one more, and a column for it. */
  readonly canAdd: boolean
  add(): void
  replace(level: Level, next: Level): void
  remove(level: Level): void
  /** Puts them into another order. */
  arrange(levels: readonly Level[]): void
  clear(): void
}

/** Sorts and levels of groups that a view takes at most. */
const [mostSorts, mostGroups] = [5, 3]

/** Types of columns with few values, by which people group. */
const likely: ReadonlySet<string> = new Set(['status', 'dropdown', 'checkbox', 'tags', 'company'])

/** The sorts of a view, without looks. */
export function useSorts({ columns, value, onChange }: LevelsOptions<Sort>): Levels<Sort> {
  const types = useColumnTypes()
  return useMemo(() => {
    const fitting = columns.filter((column) => canSortBy(column, types))
    const make = (column: string): Sort => ({ column })
    return levelsOf({ columns, value, onChange }, { most: mostSorts, fitting, make, firstOf: (free) => free[0] })
  }, [columns, value, onChange, types])
}

/** The levels by which rows are grouped, without looks. */
export function useGroupLevels({ columns, value, onChange }: LevelsOptions<GroupBy>): Levels<GroupBy> {
  const types = useColumnTypes()
  return useMemo(() => {
    const firstOf = (free: readonly TableColumn[]) => free.find(({ type }) => likely.has(type)) ?? free[0]
    const fitting = columns.filter((column) => canGroupBy(column, types))
    const make = (column: string): GroupBy => ({ column })
    return levelsOf({ columns, value, onChange }, { most: mostGroups, fitting, make, firstOf })
  }, [columns, value, onChange, types])
}

interface LevelRules<Level> {
  readonly most: number
  /** Columns that levels may be by. */
  readonly fitting: readonly TableColumn[]
  make(column: string): Level
  /** What a new level is by. */
  firstOf(free: readonly TableColumn[]): TableColumn | undefined
}

function levelsOf<Level extends Sort | GroupBy>(
  { columns, value, onChange }: LevelsOptions<Level>,
  { most, fitting, make, firstOf }: LevelRules<Level>,
): Levels<Level> {
  const free = fitting.filter(({ id }) => !value.some(({ column }) => column === id))
  const next = value.length < most ? firstOf(free) : undefined
  const columnOf = ({ column }: Level) => columns.find(({ id }) => id === column)
  return {
    levels: value,
    columnOf,
    nameOf: (level) => columnOf(level)?.name ?? level.column,
    choicesFor: ({ column }) => fitting.filter((each) => each.id === column || free.includes(each)),
    canAdd: next !== undefined,
    add() {
      if (next !== undefined) onChange([...value, make(next.id)])
    },
    replace: (level, other) => onChange(value.map((each) => (each.column === level.column ? other : each))),
    remove: (level) => onChange(value.filter((each) => each.column !== level.column)),
    arrange: (levels) => onChange(levels),
    clear: () => onChange([]),
  }
}
