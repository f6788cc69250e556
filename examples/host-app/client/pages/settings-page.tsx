import type { SessionView } from '../../shared/session-view.ts'
import { type Look, looks } from '../use-look.ts'
import { LargeTable } from './large-table.tsx'

export interface SettingsPageProps {
  readonly session: SessionView
  readonly look: Look
  readonly onLook: (changes: Partial<Look>) => void
}

/** How the app looks, and a table to try out how much it carries. */
export function SettingsPage({ session, look, onLook }: SettingsPageProps) {
  return (
    <div className="page">
      <h1>Settings</h1>
      <section className="panel">
        <h2>Appearance</h2>
        <p>The tables follow: they read ten variables that this page's style sheet sets.</p>
        <Choice name="Theme" values={looks.themes} value={look.theme} onChoose={(theme) => onLook({ theme })} />
        <Choice name="Brand" values={looks.brands} value={look.brand} onChoose={(brand) => onLook({ brand })} />
      </section>
      <LargeTable session={session} />
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly name: string
  readonly values: readonly Value[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends string>({ name, values, value, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className="choice">
      <legend>{name}</legend>
      {values.map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChoose(each)} />
          {each}
        </label>
      ))}
    </fieldset>
  )
}
