import { opsFault, useTables } from '@opslayer/react'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { SessionView } from '../shared/session-view.ts'
import { Account } from './account.tsx'
import iconUrl from './icon.svg'
import type { ChooseSession } from './session.ts'
import type { Speech } from './use-language.ts'

export interface ShellProps {
  readonly session: SessionView
  readonly onChoose: ChooseSession
  readonly speech: Speech
  readonly children: ReactNode
}

/** The app's frame: its navigation on the left, or behind a button where the screen is narrow. */
export function Shell({ session, onChoose, speech, children }: ShellProps) {
  const [openAt, setOpenAt] = useState<string | null>(null)
  const [path] = useLocation()
  const tables = useTables()
  // Going somewhere closes it.
  const isOpen = openAt === path
  return (
    <div className="shell">
      <header className="top-bar">
        <button
          type="button"
          className="nav-toggle"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpenAt(isOpen ? null : path)}
        >
          <span className="nav-toggle-lines" />
          <span className="unseen">Navigation</span>
        </button>
        <span className="brand-name">Northwind Growth</span>
      </header>
      <nav id="navigation" className="navigation" data-open={isOpen || undefined} aria-label="Northwind Growth">
        <div className="brand">
          <img src={iconUrl} alt="" width="24" height="24" />
          Northwind Growth
        </div>
        <NavigationLink path={path} to="/">
          Overview
        </NavigationLink>
        <NavigationLink path={path} to="/tables">
          All tables
        </NavigationLink>
        <h2>Data</h2>
        {tables.data?.map(({ id, name }) => (
          <NavigationLink key={id} path={path} to={`/tables/${id}`}>
            {name}
          </NavigationLink>
        ))}
        {tables.error !== null && <p className="fault">{opsFault(tables.error).message}</p>}
        <h2>Workspace</h2>
        <NavigationLink path={path} to="/runs">
          Runs
        </NavigationLink>
        <NavigationLink path={path} to="/settings">
          Settings
        </NavigationLink>
        <Account session={session} onChoose={onChoose} speech={speech} />
      </nav>
      <main className="content">{children}</main>
    </div>
  )
}

interface NavigationLinkProps {
  readonly path: string
  readonly to: string
  readonly children: string
}

function NavigationLink({ path, to, children }: NavigationLinkProps) {
  const isHere = to === path || (to !== '/' && to !== '/tables' && path.startsWith(to))
  return (
    <Link href={to} className="navigation-link" aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}
