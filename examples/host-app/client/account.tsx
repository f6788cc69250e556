import { useLocation } from 'wouter'
import { roles, type SessionView } from '../shared/session-view.ts'
import { type ChooseSession, roleTexts } from './session.ts'
import { languages, type Speech } from './use-language.ts'

export interface AccountProps {
  readonly session: SessionView
  readonly onChoose: ChooseSession
  readonly speech: Speech
}

/** Who is signed in, and a switch to somebody else: what a demo has in place of a login. */
export function Account({ session, onChoose, speech }: AccountProps) {
  const [, go] = useLocation()
  const { org, role, member } = session
  return (
    <div className="account">
      <div className="account-member">{member}</div>
      <label>
        Company
        <select
          value={org.id}
          onChange={({ target }) => {
            go('/')
            onChoose({ orgId: target.value, role })
          }}
        >
          {session.orgs.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Role
        <select
          value={role}
          onChange={({ target }) => {
            const chosen = roles.find((each) => each === target.value)
            if (chosen !== undefined) onChoose({ orgId: org.id, role: chosen })
          }}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleTexts[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Language of tables
        <select value={speech.language} onChange={({ target }) => speech.choose(target.value === 'de' ? 'de' : 'en')}>
          {Object.entries(languages).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
