import { Plus, X } from 'lucide'
import type { ReactNode } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { useAddedLine } from '../ui/use-added-line.ts'
import { columnChoices } from './column-choices.ts'
import { SortableList } from './sortable-list.tsx'
import type { Levels } from './use-levels.ts'

export interface LevelListProps<Level> {
  readonly levels: Levels<Level>
  readonly texts: Readonly<Record<'none' | 'column' | 'remove' | 'add' | 'clear', string>>
  onColumn(level: Level, column: string): void
  /** What else there is to a level, after its column. */
  renderRest(level: Level): ReactNode
}

/** Sorts or groups, a line each. */
export function LevelList<Level extends { readonly column: string }>(props: LevelListProps<Level>) {
  const { levels: work, texts, onColumn, renderRest } = props
  const { list, adding } = useAddedLine<HTMLDivElement>('.ops-sortable-line')
  return (
    <div ref={list} className="ops-panel">
      {work.levels.length === 0 ? <p className="ops-panel-none">{texts.none}</p> : null}
      <SortableList
        items={work.levels}
        idOf={({ column }) => column}
        nameOf={work.nameOf}
        onMove={work.arrange}
        renderItem={(level) => (
          <>
            <span className="ops-panel-grow">
              <Combobox
                label={texts.column}
                isLabelHidden
                value={level.column}
                choices={columnChoices(work.choicesFor(level))}
                onChange={(column) => column !== null && onColumn(level, column)}
              />
            </span>
            {renderRest(level)}
            <IconButton icon={X} label={texts.remove} onClick={() => work.remove(level)} />
          </>
        )}
      />
      <div className="ops-panel-foot">
        {work.canAdd ? (
          <Button look="quiet" size="small" icon={Plus} onClick={adding(work.add)}>
            {texts.add}
          </Button>
        ) : null}
        {work.levels.length === 0 ? null : (
          <Button look="quiet" size="small" onClick={work.clear}>
            {texts.clear}
          </Button>
        )}
      </div>
    </div>
  )
}

export interface DirectionSelectProps {
  /** @default 'asc' */
  readonly dir: 'asc' | 'desc' | undefined
  onChange(dir: 'asc' | 'desc'): void
}

export function DirectionSelect({ dir = 'asc', onChange }: DirectionSelectProps) {
  const { translate } = useOpsContext()
  return (
    <Select
      label={translate('sort.direction')}
      isLabelHidden
      value={dir}
      onChange={onChange}
      choices={[
        { value: 'asc', label: translate('sort.ascending') },
        { value: 'desc', label: translate('sort.descending') },
      ]}
    />
  )
}
