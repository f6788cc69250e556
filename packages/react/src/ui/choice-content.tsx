import type { Choice } from './choice.ts'
import { Icon } from './icon.tsx'

/** What is shown of a choice, in lists and once it is made. */
export function ChoiceContent({ choice }: { readonly choice: Choice }) {
  const { icon, tone, label, detail } = choice
  return (
    <span className="ops-choice">
      {icon === undefined ? null : <Icon icon={icon} size={15} />}
      <span className={tone === undefined ? 'ops-choice-label' : `ops-pill ops-tone-${tone}`}>{label}</span>
      {detail === undefined ? null : <span className="ops-choice-detail">{detail}</span>}
    </span>
  )
}
