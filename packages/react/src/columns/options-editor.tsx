import { type StatusGroup, statusGroups } from '@opslayer/core/values'
import { ArrowDownAZ, GripVertical, Plus, X } from 'lucide'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { FieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { TextKey } from '../provider/texts.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { ColorButton } from './color-button.tsx'
import { addOption, changeOption, moveOption, type OptionDraft, sortOptions } from './option-list.ts'
import { useReorder } from './use-reorder.ts'

export interface OptionsEditorProps {
  readonly options: readonly OptionDraft[]
  /** Whether each says what it means for the work. */
  readonly hasGroups: boolean
  onChange(options: readonly OptionDraft[]): void
  readonly faults: FieldFaults
}

/** The options of a status, a dropdown or tags: names, colours, order. */
export function OptionsEditor({ options, hasGroups, onChange, faults }: OptionsEditorProps) {
  const { translate, locale } = useOpsContext()
  const [name, setName] = useState('')
  const adding = useRef<HTMLInputElement>(null)
  const { list, begin } = useReorder<HTMLUListElement>((from, to) => onChange(moveOption(options, from, to)))
  const add = () => {
    const wanted = name.trim()
    if (wanted === '') return
    onChange(addOption(options, wanted, hasGroups))
    setName('')
    adding.current?.focus()
  }
  const steps = (place: number) => (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0 || !(event.altKey || event.currentTarget.tagName === 'BUTTON')) return
    event.preventDefault()
    onChange(moveOption(options, place, place + by))
  }
  return (
    <fieldset className="ops-group-field">
      <legend className="ops-field-label">{translate('options.title')}</legend>
      <ul ref={list} className="ops-option-lines">
        {options.map((option, place) => {
          const error = faults.at('settings', 'options', place)
          return (
            <li key={option.id} className="ops-option-line">
              <button
                type="button"
                className="ops-grip"
                aria-label={translate('options.move', { name: option.name })}
                onPointerDown={begin}
                onKeyDown={steps(place)}
              >
                <Icon icon={GripVertical} size={14} />
              </button>
              <ColorButton
                value={option.color}
                label={translate('options.color', { name: option.name })}
                onChange={(color) => onChange(changeOption(options, place, { color }))}
              />
              <input
                className="ops-input"
                aria-label={translate('options.name')}
                aria-invalid={error !== undefined}
                value={option.name}
                maxLength={100}
                onChange={(event) => onChange(changeOption(options, place, { name: event.target.value }))}
                onKeyDown={steps(place)}
              />
              {hasGroups ? (
                <Select
                  label={translate('options.group', { name: option.name })}
                  isLabelHidden
                  value={option.group ?? 'open'}
                  onChange={(group) => onChange(changeOption(options, place, { group }))}
                  choices={statusGroups.map((group: StatusGroup) => ({
                    value: group,
                    label: translate(`options.${group}` as TextKey),
                  }))}
                />
              ) : null}
              <button
                type="button"
                className="ops-icon-button"
                aria-label={translate('options.remove', { name: option.name })}
                onClick={() => onChange(options.filter((_, at) => at !== place))}
              >
                <Icon icon={X} size={14} />
              </button>
              {error === undefined ? null : <p className="ops-field-error">{translate.said(error)}</p>}
            </li>
          )
        })}
      </ul>
      <div className="ops-input-line">
        <input
          ref={adding}
          className="ops-input"
          aria-label={translate('options.new')}
          placeholder={translate('options.new')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
        />
        <Button icon={Plus} onClick={add} disabled={name.trim() === ''}>
          {translate('options.add')}
        </Button>
        {options.length > 1 ? (
          <Button look="quiet" icon={ArrowDownAZ} onClick={() => onChange(sortOptions(options, locale))}>
            {translate('options.sort')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  )
}
