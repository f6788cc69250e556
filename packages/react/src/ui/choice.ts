import type { IconNode } from 'lucide'

/** One thing to choose. */
export interface Choice<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly icon?: IconNode
  /** A colour's name: the choice is shown as a pill. */
  readonly tone?: string
  /** A few words beside the label. */
  readonly detail?: string
}
