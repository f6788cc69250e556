import { OpsProvider } from '@opslayer/react'
import { Route, Switch } from 'wouter'
import { HomePage } from './pages/home-page.tsx'
import { SettingsPage } from './pages/settings-page.tsx'
import { TablePage } from './pages/table-page.tsx'
import { useSession } from './session.ts'
import { Shell } from './shell.tsx'
import { useLook } from './use-look.ts'
import { useTables } from './use-tables.ts'

/** Northwind Growth: its own navigation, pages and look, with opslayer where the tables are. */
export function App() {
  const [session, choose] = useSession()
  const [look, setLook] = useLook()
  if (session === null) return <div className="waiting" aria-busy="true" />
  return (
    // Another org or role sees other tables: everything below begins anew.
    <SignedIn key={`${session.org.id} ${session.role}`} {...{ session, choose, look, setLook }} />
  )
}

interface SignedInProps {
  readonly session: NonNullable<ReturnType<typeof useSession>[0]>
  readonly choose: ReturnType<typeof useSession>[1]
  readonly look: ReturnType<typeof useLook>[0]
  readonly setLook: ReturnType<typeof useLook>[1]
}

function SignedIn({ session, choose, look, setLook }: SignedInProps) {
  const { locale, timeZone } = session.org
  const tables = useTables()
  return (
    <OpsProvider locale={locale} timeZone={timeZone}>
      <Shell session={session} tables={tables} onChoose={choose}>
        <Switch>
          <Route path="/">
            <HomePage session={session} tables={tables} />
          </Route>
          <Route path="/tables/:tableId">{({ tableId }) => <TablePage key={tableId} tableId={tableId} />}</Route>
          <Route path="/settings">
            <SettingsPage session={session} look={look} onLook={setLook} onTables={tables.refresh} />
          </Route>
          <Route>
            <div className="page">
              <h1>There is no such page</h1>
            </div>
          </Route>
        </Switch>
      </Shell>
    </OpsProvider>
  )
}
