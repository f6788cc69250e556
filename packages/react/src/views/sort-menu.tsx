import type { Sort } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { DirectionSelect, LevelList } from './level-list.tsx'
import { type LevelsOptions, useSorts } from './use-levels.ts'

export interface SortMenuProps extends LevelsOptions<Sort> {}

/** The sorts of a view, the most important first. */
export function SortMenu(props: SortMenuProps) {
  const { translate } = useOpsContext()
  const sorts = useSorts(props)
  return (
    <LevelList
      levels={sorts}
      texts={{
        none: translate('sort.none'),
        column: translate('sort.column'),
        remove: translate('sort.remove'),
        add: translate('sort.add'),
        clear: translate('sort.clear'),
      }}
      onColumn={(sort, column) => sorts.replace(sort, { ...sort, column })}
      renderRest={(sort) => (
        <DirectionSelect dir={sort.dir} onChange={(dir) => sorts.replace(sort, { ...sort, dir })} />
      )}
    />
  )
}
