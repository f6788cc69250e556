import type { FormulaFault } from '@opslayer/core/formula'
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { DescribedFunction } from '../data/client/formulas-calls.ts'
import { CompletionList } from './completion-list.tsx'
import { type CompletionList as Completions, completionsAt, insertCompletion, stepCompletion } from './completions.ts'
import { enclosingCall } from './enclosing-call.ts'
import { highlightFormula, markFaults } from './highlight.ts'
import { replaceText } from './replace-text.ts'

export interface FormulaInputProps {
  readonly label: string
  readonly value: string
  onChange(value: string): void
  readonly columns: readonly { readonly key: string; readonly name: string }[]
  readonly functions: readonly DescribedFunction[]
  readonly faults: readonly FormulaFault[]
  /** Id of what says more about it. */
  readonly describedBy?: string
  readonly placeholder?: string
}

/** A field for a formula: coloured, with completion at the caret and faults underlined where they are. */
export function FormulaInput(props: FormulaInputProps) {
  const { label, value, onChange, columns, functions, faults, describedBy, placeholder } = props
  const input = useRef<HTMLTextAreaElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const listId = useId()
  const [list, setList] = useState<Completions | null>(null)
  const [caret, setCaret] = useState(value.length)
  const sources = { columns, functions }
  const pieces = useMemo(() => markFaults(highlightFormula(value), faults), [value, faults])
  const call = enclosingCall(value, caret)
  const called =
    call === null ? undefined : functions.find(({ name, aliases }) => name === call.name || aliases.includes(call.name))

  useLayoutEffect(() => {
    if (mirror.current !== null && input.current !== null) mirror.current.scrollTop = input.current.scrollTop
  })

  function look(text: string, at: number, isAsked = false): void {
    setCaret(at)
    setList(completionsAt(text, at, sources, isAsked))
  }

  function accept(place: number): void {
    const element = input.current
    const item = list?.items[place]
    if (element === null || list === null || item === undefined) return
    const next = insertCompletion(value, element.selectionStart, list, item)
    replaceText(element, next.source, next.caret)
    setCaret(next.caret)
    setList(null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return
    const element = event.currentTarget
    if (event.key === ' ' && event.ctrlKey) look(value, element.selectionStart, true)
    else if (list === null) return
    else if (event.key === 'ArrowDown') setList(stepCompletion(list, 1))
    else if (event.key === 'ArrowUp') setList(stepCompletion(list, -1))
    else if (event.key === 'Enter' || event.key === 'Tab') accept(list.active)
    else if (event.key === 'Escape') setList(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const active = list?.items[list.active]
  return (
    <div className="ops-formula">
      <div ref={mirror} className="ops-formula-mirror" aria-hidden="true">
        {pieces.map(({ kind, source, start, isFaulty }) => (
          <span key={start} className={`ops-piece-${kind}`} data-faulty={isFaulty || undefined}>
            {source}
          </span>
        ))}
        {'\u200b'}
      </div>
      <textarea
        ref={input}
        className="ops-formula-text"
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={list === null ? undefined : listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${list?.active}`}
        aria-invalid={faults.length > 0}
        aria-describedby={describedBy}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        rows={2}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          look(event.target.value, event.target.selectionStart)
        }}
        onSelect={(event) => {
          const at = event.currentTarget.selectionStart
          if (at !== caret) {
            setCaret(at)
            setList(null)
          }
        }}
        onBlur={() => setList(null)}
        onKeyDown={onKeyDown}
      />
      {list === null ? null : (
        <CompletionList
          id={listId}
          label={label}
          list={list}
          functions={functions}
          text={mirror.current}
          onChoose={accept}
          onPoint={(place) => setList({ ...list, active: place })}
        />
      )}
      {called === undefined || list !== null ? null : (
        <div className="ops-formula-call">
          <code>{called.signatures[0]}</code>
          <span>{called.summary}</span>
        </div>
      )}
    </div>
  )
}
