import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { Choice } from './choice.ts'
import { Icon } from './icon.tsx'

export interface SegmentedControlProps<Value extends string> {
  readonly label: string
  readonly value: Value
  onChange(value: NoInfer<Value>): void
  readonly choices: readonly Choice<Value>[]
  readonly isDisabled?: boolean
}

/** Chooses one of two to five, all in sight. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, onChange, choices, isDisabled = false } = props
  return (
    <ToggleGroup
      className="ops-segments"
      aria-label={label}
      disabled={isDisabled}
      value={[value]}
      onValueChange={([next]: Value[]) => {
        if (next !== undefined) onChange(next)
      }}
    >
      {choices.map((choice) => (
        <Toggle key={choice.value} value={choice.value} className="ops-segment">
          {choice.icon === undefined ? null : <Icon icon={choice.icon} size={14} />}
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
