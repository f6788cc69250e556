import { FilterGroup } from './filter-group.tsx'
import { FilterPlace } from './filter-place.ts'
import { type FilterDraftOptions, useFilterDraft } from './use-filter-draft.ts'

export interface FilterBuilderProps extends FilterDraftOptions {
  readonly tableId: string
}

/** Builds a filter: conditions by column, operator and value, in groups that nest. */
export function FilterBuilder({ tableId, ...options }: FilterBuilderProps) {
  const filter = useFilterDraft(options)
  return (
    <FilterPlace.Provider value={{ tableId, filter }}>
      <div className="ops-filters">
        <FilterGroup group={filter.draft} depth={0} />
      </div>
    </FilterPlace.Provider>
  )
}
