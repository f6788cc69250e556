import { Braces, Ellipsis, ListTree, Plus, Search, Sigma, Trash2 } from 'lucide'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { Select } from '../ui/select.tsx'
import { useAddedLine } from '../ui/use-added-line.ts'
import { FilterCondition } from './filter-condition.tsx'
import type { DraftGroup, DraftPart } from './filter-draft.ts'
import { useFilterPlace } from './filter-place.ts'

/** Groups in groups in groups: deeper ones are shown, but made elsewhere. */
const deepestNew = 3

export interface FilterGroupProps {
  readonly group: DraftGroup
  readonly depth: number
}

/** Conditions that are joined by one word, and groups among them. */
export function FilterGroup({ group, depth }: FilterGroupProps) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  const isOutermost = depth === 0
  const { list, adding } = useAddedLine<HTMLFieldSetElement>(':scope > .ops-filter-line > :last-child')
  return (
    <fieldset ref={list} className="ops-filter-group" data-outermost={isOutermost || undefined}>
      <legend className="ops-unseen">{translate(group.join === 'and' ? 'filter.join-and' : 'filter.join-or')}</legend>
      {isOutermost ? null : <GroupHead group={group} />}
      {group.parts.length === 0 ? (
        <p className="ops-filter-none">{translate(isOutermost ? 'filter.none' : 'filter.group-none')}</p>
      ) : null}
      {group.parts.map((part, place) => (
        <div key={part.id} className="ops-filter-line" data-kind={part.kind === 'group' ? 'group' : 'condition'}>
          <Joint group={group} place={place} />
          <Part part={part} depth={depth + 1} />
        </div>
      ))}
      <div className="ops-filter-foot">
        <Button look="quiet" size="small" icon={Plus} onClick={adding(() => filter.addCondition(group.id))}>
          {translate('filter.add-condition')}
        </Button>
        {depth >= deepestNew ? null : (
          <Button look="quiet" size="small" icon={ListTree} onClick={adding(() => filter.addGroup(group.id))}>
            {translate('filter.add-group')}
          </Button>
        )}
        <Menu
          label={translate('filter.add-more')}
          trigger={<IconButton icon={Ellipsis} label={translate('filter.add-more')} />}
          sections={[
            [
              {
                id: 'search',
                label: translate('filter.add-search'),
                icon: Search,
                run: adding(() => filter.addCondition(group.id, { kind: 'search', text: '', columns: undefined })),
              },
              {
                id: 'formula',
                label: translate('filter.add-formula'),
                icon: Sigma,
                run: adding(() => filter.addCondition(group.id, { kind: 'formula', formula: '' })),
              },
            ],
          ]}
        />
        {isOutermost && group.parts.length > 0 ? (
          <span className="ops-filter-clear">
            <Button look="quiet" size="small" onClick={() => filter.clear()}>
              {translate('filter.clear')}
            </Button>
          </span>
        ) : null}
      </div>
    </fieldset>
  )
}

function Part({ part, depth }: { readonly part: DraftPart; readonly depth: number }) {
  return part.kind === 'group' ? <FilterGroup group={part} depth={depth} /> : <FilterCondition condition={part} />
}

/** The word before a line: the second one is where it is chosen. */
function Joint({ group, place }: { readonly group: DraftGroup; readonly place: number }) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  if (place === 0) return <span className="ops-filter-joint">{translate('filter.where')}</span>
  if (place > 1) return <span className="ops-filter-joint">{translate(`filter.${group.join}`)}</span>
  return (
    <span className="ops-filter-joint">
      <Select
        label={translate('filter.join')}
        isLabelHidden
        size="small"
        value={group.join}
        onChange={(join) => filter.changeGroup(group.id, { join })}
        choices={[
          { value: 'and', label: translate('filter.and') },
          { value: 'or', label: translate('filter.or') },
        ]}
      />
    </span>
  )
}

function GroupHead({ group }: { readonly group: DraftGroup }) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  const words = group.isNegated ? 'filter.negated' : group.join === 'and' ? 'filter.join-and' : 'filter.join-or'
  return (
    <div className="ops-filter-head">
      <span>{translate(words)}</span>
      <Menu
        label={translate('filter.more')}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={translate('filter.more')} />}
        sections={[
          [
            {
              id: 'negate',
              label: translate(group.isNegated ? 'filter.unnegate' : 'filter.negate'),
              icon: Braces,
              run: () => filter.negate(group.id, !group.isNegated),
            },
          ],
          [
            {
              id: 'remove',
              label: translate('filter.remove-group'),
              icon: Trash2,
              isDangerous: true,
              run: () => filter.remove(group.id),
            },
          ],
        ]}
      />
    </div>
  )
}
