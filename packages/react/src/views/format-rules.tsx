import { Bold, Italic, Plus, Strikethrough, X } from 'lucide'
import { useEffect, useRef, useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { FormatRule, ViewStyle } from '../data/client/views-calls.ts'
import { FilterBuilder } from '../filters/filter-builder.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { ColourField } from './colour-field.tsx'
import { SortableList } from './sortable-list.tsx'

export interface FormatRulesProps {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
  readonly value: readonly FormatRule[]
  onChange(rules: readonly FormatRule[]): void
}

/** A rule in the list; one that does not say when it applies stays here until it does. */
interface ListedRule {
  readonly id: string
  readonly rule: Omit<FormatRule, 'filter'> & { readonly filter: FormatRule['filter'] | null }
}

let made = 0
const listed = (rule: ListedRule['rule']): ListedRule => {
  made += 1
  return { id: `rule-${made}`, rule }
}

const wholeRow = 'row'

/** Colours for rows and cells that match a filter. Of the rules for one target the first that matches decides. */
export function FormatRules({ tableId, columns, value, onChange }: FormatRulesProps) {
  const { translate } = useOpsContext()
  const [rules, setRules] = useState(() => value.map(listed))
  const given = JSON.stringify(value)
  const told = useRef(given)
  // Rules from elsewhere, such as by a reset of the view, take the place of those in the list.
  useEffect(() => {
    if (given === told.current) return
    told.current = given
    setRules((JSON.parse(given) as readonly FormatRule[]).map(listed))
  }, [given])
  const change = (next: readonly ListedRule[]) => {
    setRules([...next])
    const finished = next.flatMap(({ rule: { filter, ...rest } }): FormatRule[] => {
      return filter === null ? [] : [{ filter, target: rest.target, style: rest.style }]
    })
    told.current = JSON.stringify(finished)
    onChange(finished)
  }
  const edit = (id: string, changes: Partial<ListedRule['rule']>) =>
    change(rules.map((each) => (each.id === id ? { id, rule: { ...each.rule, ...changes } } : each)))
  return (
    <div className="ops-panel ops-panel-wide">
      {rules.length === 0 ? <p className="ops-panel-none">{translate('format.none')}</p> : null}
      <SortableList
        items={rules}
        idOf={({ id }) => id}
        nameOf={({ rule }) => targetName(rule.target, columns) ?? translate('format.row')}
        onMove={change}
        renderItem={({ id, rule }) => (
          <div className="ops-format">
            <div className="ops-format-look">
              <Select
                label={translate('format.target')}
                isLabelHidden
                value={rule.target === 'row' ? wholeRow : rule.target.column}
                onChange={(target) => edit(id, { target: target === wholeRow ? 'row' : { column: target } })}
                choices={[
                  { value: wholeRow, label: translate('format.row') },
                  ...columns.map((column) => ({ value: column.id, label: column.name })),
                ]}
              />
              <StyleFields style={rule.style} onChange={(style) => edit(id, { style })} />
              <Sample style={rule.style} />
              <IconButton
                icon={X}
                label={translate('format.remove')}
                onClick={() => change(rules.filter((each) => each.id !== id))}
              />
            </div>
            <FilterBuilder
              tableId={tableId}
              columns={columns}
              value={rule.filter}
              startWith={rule.filter === null ? columns[0]?.id : null}
              onChange={(filter) => edit(id, { filter })}
            />
            {rule.filter === null ? <p className="ops-panel-none">{translate('format.unfinished')}</p> : null}
          </div>
        )}
      />
      <div className="ops-panel-foot">
        <Button
          look="quiet"
          size="small"
          icon={Plus}
          onClick={() => change([...rules, listed({ filter: null, target: 'row', style: { tint: 'green' } })])}
        >
          {translate('format.add')}
        </Button>
      </div>
    </div>
  )
}

function targetName(target: FormatRule['target'], columns: readonly TableColumn[]): string | undefined {
  return target === 'row' ? undefined : columns.find(({ id }) => id === target.column)?.name
}

interface StyleFieldsProps {
  readonly style: ViewStyle
  onChange(style: ViewStyle): void
}

const marks = [
  { mark: 'bold', icon: Bold },
  { mark: 'italic', icon: Italic },
  { mark: 'strike', icon: Strikethrough },
] as const

function StyleFields({ style, onChange }: StyleFieldsProps) {
  const { translate } = useOpsContext()
  const { tint, text } = style
  /** A style says at least one thing. */
  const set = (next: ViewStyle) => {
    const said = Object.fromEntries(Object.entries(next).filter(([, each]) => each !== undefined))
    onChange(Object.keys(said).length === 0 ? { tint: 'gray' } : said)
  }
  return (
    <>
      <ColourField label={translate('format.tint')} value={tint} onChange={(next) => set({ ...style, tint: next })} />
      <ColourField label={translate('format.text')} value={text} onChange={(next) => set({ ...style, text: next })} />
      {marks.map(({ mark, icon }) => (
        <IconButton
          key={mark}
          icon={icon}
          label={translate(`format.${mark}`)}
          isPressed={style[mark] === true}
          onClick={() => set({ ...style, [mark]: style[mark] === true ? undefined : true })}
        />
      ))}
    </>
  )
}

function Sample({ style }: { readonly style: ViewStyle }) {
  const { translate } = useOpsContext()
  const { tint, text, bold, italic, strike } = style
  const classes = [
    'ops-format-sample',
    ...(tint === undefined ? [] : ['ops-format-tint', `ops-format-tint-${tint}`]),
    ...(text === undefined ? [] : [`ops-format-text-${text}`]),
    ...(bold === true ? ['ops-format-bold'] : []),
    ...(italic === true ? ['ops-format-italic'] : []),
    ...(strike === true ? ['ops-format-strike'] : []),
  ]
  return <span className={classes.join(' ')}>{translate('format.preview')}</span>
}
