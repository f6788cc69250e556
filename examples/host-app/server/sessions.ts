import { randomBytes } from 'node:crypto'
import type { Identity, Role } from '@opslayer/server'
import { actorOf, type Org, orgs } from './members.ts'

/** Who a browser is signed in as. */
export interface Session {
  readonly org: Org
  readonly role: Role
}

export interface Sessions {
  /** null for a browser that has none. */
  of(cookies: string | null | undefined): Session | null
  /** Begins a session, or changes the one there is; gives the cookie to set. */
  set(cookies: string | undefined, session: Session): string
  /** What opslayer asks for each request. */
  identityOf(request: Request): Identity | null
}

const cookieName = 'northwind_session'
/** More than a demo sees; the oldest go first. */
const most = 1_000

export const firstSession: Session = { org: orgs[0], role: 'admin' }

/** Sessions of the demo's own, kept in memory. A real app has its own; opslayer only asks who calls. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>()

  const idOf = (cookies: string | null | undefined) =>
    new RegExp(`(?:^|; )${cookieName}=([\\w-]{43})`).exec(cookies ?? '')?.[1]

  function of(cookies: string | null | undefined): Session | null {
    const id = idOf(cookies)
    return (id === undefined ? undefined : sessions.get(id)) ?? null
  }

  return {
    of,
    set(cookies, session) {
      const known = idOf(cookies)
      const id = known !== undefined && sessions.has(known) ? known : randomBytes(32).toString('base64url')
      sessions.set(id, session)
      const [oldest] = sessions.keys()
      if (sessions.size > most && oldest !== undefined) sessions.delete(oldest)
      return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`
    },
    identityOf(request) {
      const cookies = request.headers.get('cookie')
      const session = of(cookies)
      if (session === null) return null
      return { orgId: session.org.id, actor: actorOf(session.org, session.role), session: idOf(cookies) }
    },
  }
}
