import type { ReactNode } from 'react'

export interface FactsProps {
  /** What is said of it, by what it is. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[]
}

/** A short list of what is known of something. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="ops-facts">
      {facts.map(([name, value]) => (
        <div key={name} className="ops-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
