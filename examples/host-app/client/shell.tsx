import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { roleTexts, type SessionChoice, type SessionView } from './session.ts'
import type { Tables } from './use-tables.ts'

export interface ShellProps {
  readonly session: SessionView
  readonly tables: Tables
  readonly onChoose: (choice: SessionChoice) => Promise<void>
  readonly children: ReactNode
}

/** The app's frame: its navigation on the left, or behind a button where the screen is narrow. */
export function Shell({ session, tables, onChoose, children }: ShellProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [path] = useLocation()
  return (
    <div className="shell">
      <header className="top-bar">
        <button
          type="button"
          className="nav-toggle"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className="nav-toggle-lines" />
          <span className="unseen">Navigation</span>
        </button>
        <span className="brand-name">Northwind Growth</span>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on a link bubbles; the links are what is operated */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click too */}
      <nav
        id="navigation"
        className="navigation"
        data-open={isOpen || undefined}
        aria-label="Northwind Growth"
        onClick={(event) => event.target instanceof HTMLAnchorElement && setIsOpen(false)}
      >
        <div className="brand">
          <img src={iconUrl} alt="" width="24" height="24" />
          Northwind Growth
        </div>
        <NavigationLink path={path} to="/">
          Overview
        </NavigationLink>
        <h2>Data</h2>
        {tables.list.state === 'answered' &&
          tables.list.answer.map(({ id, name }) => (
            <NavigationLink key={id} path={path} to={`/tables/${id}`}>
              {name}
            </NavigationLink>
          ))}
        {tables.list.state === 'failed' && <p className="fault">{tables.list.reason}</p>}
        <h2>Workspace</h2>
        <NavigationLink path={path} to="/settings">
          Settings
        </NavigationLink>
        <Account session={session} onChoose={onChoose} />
      </nav>
      <main className="content">{children}</main>
    </div>
  )
}

const iconUrl = new URL('./icon.svg', import.meta.url).href

function NavigationLink({
  path,
  to,
  children,
}: {
  readonly path: string
  readonly to: string
  readonly children: string
}) {
  const isHere = to === '/' ? path === to : path.startsWith(to)
  return (
    <Link href={to} className="navigation-link" aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}

/** Who is signed in, and a switch to somebody else: what a demo has in place of a login. */
function Account({ session, onChoose }: Pick<ShellProps, 'session' | 'onChoose'>) {
  const [, go] = useLocation()
  const choice = { orgId: session.org.id, role: session.role }
  return (
    <div className="account">
      <div className="account-member">{session.member}</div>
      <label>
        Company
        <select
          value={session.org.id}
          onChange={({ target }) => {
            go('/')
            void onChoose({ ...choice, orgId: target.value })
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
          value={session.role}
          onChange={({ target }) => {
            const role = roles.find((each) => each === target.value)
            if (role !== undefined) void onChoose({ ...choice, role })
          }}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleTexts[role]}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

const roles = ['viewer', 'editor', 'admin', 'owner'] as const
