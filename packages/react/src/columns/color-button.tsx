import { type OptionColor, optionColors } from '@opslayer/core/values'
import { useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { TextKey } from '../provider/texts.ts'
import { Popover } from '../ui/popover.tsx'

export interface ColorButtonProps {
  readonly value: OptionColor
  /** What it is the colour of. */
  readonly label: string
  onChange(color: OptionColor): void
}

/** A swatch that opens the others. */
export function ColorButton({ value, label, onChange }: ColorButtonProps) {
  const { translate } = useOpsContext()
  const [open, setOpen] = useState(false)
  const name = (color: OptionColor) => translate(`color.${color}` as TextKey)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      trigger={
        <button type="button" className={`ops-swatch ops-tone-${value}`} aria-label={`${label}: ${name(value)}`} />
      }
    >
      <div className="ops-swatches">
        {optionColors.map((color) => (
          <button
            key={color}
            type="button"
            className={`ops-swatch ops-tone-${color}`}
            aria-label={name(color)}
            aria-pressed={color === value}
            onClick={() => {
              onChange(color)
              setOpen(false)
            }}
          />
        ))}
      </div>
    </Popover>
  )
}
