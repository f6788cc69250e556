import { type OptionColor, optionColors } from '@opslayer/core/values'
import { useOpsContext } from '../provider/ops-context.ts'
import { Select } from '../ui/select.tsx'

const noColour = 'none'

export interface ColourFieldProps {
  readonly label: string
  readonly value: OptionColor | undefined
  onChange(colour: OptionColor | undefined): void
}

/** One of the theme's colours, or none. */
export function ColourField({ label, value, onChange }: ColourFieldProps) {
  const { translate } = useOpsContext()
  return (
    <Select<OptionColor | typeof noColour>
      label={label}
      isLabelHidden
      value={value ?? noColour}
      onChange={(next) => onChange(next === noColour ? undefined : next)}
      choices={[
        { value: noColour, label: `${label}: ${translate('format.none-colour')}` },
        ...optionColors.map((colour) => ({ value: colour, label: translate(`colour.${colour}`), tone: colour })),
      ]}
    />
  )
}
