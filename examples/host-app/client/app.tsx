import { OpsProvider } from '@opslayer/react'
import { Link, Route, Switch } from 'wouter'
import type { SessionView } from '../shared/session-view.ts'
import { opsClient } from './ops-client.ts'
import { HomePage } from './pages/home-page.tsx'
import { RunsPage } from './pages/runs-page.tsx'
import { SettingsPage } from './pages/settings-page.tsx'
import { TablePage } from './pages/table-page.tsx'
import { TablesPage } from './pages/tables-page.tsx'
import { type ChooseSession, useSession } from './session.ts'
import { Shell } from './shell.tsx'
import { type Speech, useLanguage } from './use-language.ts'
import { type Look, useLook } from './use-look.ts'

const uploads = { url: '/ops' }

/** Northwind Growth: its own navigation, pages and look, with opslayer where the tables are. */
export function App() {
  const { session, choose } = useSession()
  const [look, setLook] = useLook()
  const speech = useLanguage()
  if (session === undefined) return <div className="waiting" aria-busy="true" />
  return (
    // Another org or role sees other tables: everything below begins anew.
    <SignedIn
      key={`${session.org.id} ${session.role}`}
      session={session}
      onChoose={choose}
      speech={speech}
      look={look}
      onLook={setLook}
    />
  )
}

interface SignedInProps {
  readonly session: SessionView
  readonly onChoose: ChooseSession
  readonly speech: Speech
  readonly look: Look
  readonly onLook: (changes: Partial<Look>) => void
}

function SignedIn({ session, onChoose, speech, look, onLook }: SignedInProps) {
  const { locale, timeZone } = session.org
  return (
    <OpsProvider
      client={opsClient}
      uploads={uploads}
      role={session.role}
      people={session.people}
      locale={speech.locale ?? locale}
      {...(speech.texts !== undefined && { texts: speech.texts })}
      timeZone={timeZone}
    >
      <Shell session={session} onChoose={onChoose} speech={speech}>
        <Switch>
          <Route path="/">
            <HomePage session={session} />
          </Route>
          <Route path="/tables">
            <TablesPage />
          </Route>
          <Route path="/tables/:tableId">{({ tableId }) => <TablePage key={tableId} tableId={tableId} />}</Route>
          <Route path="/runs">
            <RunsPage />
          </Route>
          <Route path="/settings">
            <SettingsPage session={session} look={look} onLook={onLook} />
          </Route>
          <Route>
            <div className="page">
              <h1>There is no such page</h1>
              <Link href="/">Go to the overview</Link>
            </div>
          </Route>
        </Switch>
      </Shell>
    </OpsProvider>
  )
}
