import { Progress } from '@base-ui/react/progress'

export interface ProgressLineProps {
  /** From 0 to 1, or null while nobody knows. */
  readonly share: number | null
  readonly label: string
  /** What stands under the line: "842 of 5,000". */
  readonly text?: string
  /** A colour's name. @default the accent */
  readonly tone?: string
}

/** How far something is. */
export function ProgressLine({ share, label, text, tone }: ProgressLineProps) {
  return (
    <Progress.Root
      className={tone === undefined ? 'ops-progress' : `ops-progress ops-tone-${tone}`}
      value={share === null ? null : Math.round(share * 1000) / 10}
      aria-label={label}
      {...(text !== undefined && { 'aria-valuetext': text })}
    >
      <Progress.Track className="ops-progress-track">
        <Progress.Indicator className="ops-progress-bar" />
      </Progress.Track>
      {text === undefined ? null : <span className="ops-progress-text">{text}</span>}
    </Progress.Root>
  )
}
