import type { Json, Option } from '@opslayer/core/values'
import { Check } from 'lucide'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { addTexts } from '../provider/translator.ts'
import { Icon } from '../ui/icon.tsx'
import type { AfterEdit, CellEditorProps } from './cell-editor.ts'
import { editKey } from './edit-keys.ts'
import { EditorPopup } from './editor-popup.tsx'

addTexts(lateGridTexts)

/** Enough to look through; typing narrows the list down. */
const maxShown = 200

/** Chooses one option, or none. */
export function OptionEditor(props: CellEditorProps) {
  const { value } = props
  const chosen = typeof value === 'string' ? [value] : []
  return <OptionList {...props} chosen={chosen} isMany={false} optionsFor={(query) => columnOptions(props, query)} />
}

/** Chooses any number of options. */
export function TagsEditor(props: CellEditorProps) {
  const { value } = props
  const chosen = Array.isArray(value) ? value.map(String) : []
  return <OptionList {...props} chosen={chosen} isMany optionsFor={(query) => columnOptions(props, query)} />
}

function columnOptions({ column }: CellEditorProps, query: string): readonly Option[] {
  const { options = [] } = column.settings as { readonly options?: readonly Option[] }
  return matchingOptions(options, query)
}

export interface OptionListProps extends CellEditorProps {
  /** Ids of options. */
  readonly chosen: readonly string[]
  readonly isMany: boolean
  /** What there is to choose from, narrowed down by what is typed. */
  optionsFor(query: string): readonly Option[]
}

/** A list to choose from, by typing, arrow keys or a click. */
export function OptionList({ chosen: initial, isMany, optionsFor, ...props }: OptionListProps) {
  const { column, translate, typed } = props
  const [query, setQuery] = useState(typed ?? '')
  const [chosen, setChosen] = useState(initial)
  const shown = optionsFor(query).slice(0, maxShown)
  const options = query === '' ? shown : optionsFor('')
  const first = initial[0] === undefined ? 0 : shown.findIndex(({ id }) => id === initial[0])
  const [at, setAt] = useState(Math.max(0, first))
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const isDone = useRef(false)
  const active = shown[Math.min(at, shown.length - 1)]

  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at, listId])

  const commit = (ids: readonly string[], after: AfterEdit) => {
    if (isDone.current) return
    isDone.current = true
    const input: Json = isMany ? [...ids] : (ids[0] ?? null)
    const read = column.type.parse(input, column.settings, props.values)
    if (read.ok) props.commit(read.value, after)
    else props.cancel()
  }
  const toggled = (id: string) => (chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  const choose = (id: string, after: AfterEdit) => {
    if (!isMany) return commit(chosen.includes(id) && after === 'stay' ? [] : [id], after)
    setChosen(toggled(id))
    setQuery('')
    input.current?.focus({ preventScroll: true })
  }

  return (
    <>
      <input
        ref={input}
        className="ops-editor-input"
        role="combobox"
        aria-label={column.name}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : `${listId}-${shown.indexOf(active)}`}
        placeholder={
          isMany ? summaryOf(chosen, options) : summaryOf(chosen, options) || translate('editor.search-options')
        }
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onBlur={() => commit(chosen, 'stay')}
        onKeyDown={(event) => {
          const key = editKey(event)
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
          if (step !== 0 && shown.length > 0) setAt((at + step + shown.length) % shown.length)
          else if (key === 'cancel') {
            isDone.current = true
            props.cancel()
          } else if (event.key === 'Backspace' && query === '') {
            if (isMany) setChosen(chosen.slice(0, -1))
            else commit([], 'stay')
          } else if (event.key === 'Enter' && isMany && (query !== '' || active === undefined)) {
            if (active !== undefined) choose(active.id, 'stay')
          } else if (
            event.key === 'Enter' &&
            isMany &&
            active !== undefined &&
            !event.shiftKey &&
            !chosen.includes(active.id)
          ) {
            choose(active.id, 'stay')
          } else if (key !== null) {
            if (isMany || active === undefined) commit(chosen, key)
            else commit([active.id], key)
          } else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <EditorPopup className="ops-options">
        <div
          id={listId}
          role="listbox"
          className="ops-options-list"
          aria-label={column.name}
          aria-multiselectable={isMany}
        >
          {shown.map((option, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
            <div
              key={option.id}
              id={`${listId}-${i}`}
              role="option"
              className="ops-option"
              aria-selected={chosen.includes(option.id)}
              data-active={option === active || undefined}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setAt(i)}
              onClick={() => choose(option.id, 'stay')}
            >
              <span className={`ops-pill ops-tone-${option.color}`}>{option.name}</span>
              {chosen.includes(option.id) ? <Icon icon={Check} size={14} /> : null}
            </div>
          ))}
        </div>
        {shown.length === 0 ? <div className="ops-options-none">{translate('editor.no-options')}</div> : null}
      </EditorPopup>
    </>
  )
}

/** Options whose name begins with the text, then those that hold it. */
export function matchingOptions(options: readonly Option[], query: string): readonly Option[] {
  const wanted = query.trim().toLocaleLowerCase()
  if (wanted === '') return options
  const place = ({ name }: Option) => name.toLocaleLowerCase().indexOf(wanted)
  return [...options.filter((option) => place(option) === 0), ...options.filter((option) => place(option) > 0)]
}

function summaryOf(ids: readonly string[], options: readonly Option[]): string {
  return ids.map((id) => options.find((option) => option.id === id)?.name ?? id).join(', ')
}
