import { Bold, Italic, Plus, Strikethrough, X } from 'lucide'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { FormatRule, ViewStyle } from '../data/client/views-calls.ts'
import { FilterBuilder } from '../filters/filter-builder.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { useAddedLine } from '../ui/use-added-line.ts'
import { ColourField } from './colour-field.tsx'
import { SortableList } from './sortable-list.tsx'
import { type FormatRulesOptions, useFormatRules } from './use-format-rules.ts'

export interface FormatRulesProps extends FormatRulesOptions {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
}

const wholeRow = 'row'

/** Colours for rows and cells that match a filter. Of the rules for one target the first that matches decides. */
export function FormatRules({ tableId, columns, ...options }: FormatRulesProps) {
  const { translate } = useOpsContext()
  const { rules, add, edit, remove, arrange } = useFormatRules(options)
  const { list, adding } = useAddedLine<HTMLDivElement>('.ops-sortable-line')
  return (
    <div ref={list} className="ops-panel ops-panel-wide">
      {rules.length === 0 ? <p className="ops-panel-none">{translate('format.none')}</p> : null}
      <SortableList
        items={rules}
        idOf={({ id }) => id}
        nameOf={({ rule }) => targetName(rule.target, columns) ?? translate('format.row')}
        onMove={arrange}
        renderItem={({ id, rule, draft }) => (
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
              <IconButton icon={X} label={translate('format.remove')} onClick={() => remove(id)} />
            </div>
            <FilterBuilder
              tableId={tableId}
              columns={columns}
              value={rule.filter}
              kept={draft}
              startWith={rule.filter === null && draft.current === null ? columns[0]?.id : null}
              onChange={(filter) => edit(id, { filter })}
            />
            {rule.filter === null ? <p className="ops-panel-none">{translate('format.unfinished')}</p> : null}
          </div>
        )}
      />
      <div className="ops-panel-foot">
        <Button look="quiet" size="small" icon={Plus} onClick={adding(add)}>
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
