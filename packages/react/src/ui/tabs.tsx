import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface TabsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  onChange(value: NoInfer<Value>): void
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly content: ReactNode }[]
}

/** Pages of one place, of which one is seen. */
export function Tabs<Value extends string>({ label, value, onChange, tabs }: TabsProps<Value>) {
  return (
    <Base.Root className="ops-tabs" value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.List className="ops-tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="ops-tab">
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="ops-tab-panel">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
