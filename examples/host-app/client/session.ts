import { useEffect, useState } from 'react'
import type { SessionView } from '../server/api.ts'

export type { SessionView }

/** What to change of who is signed in. */
export interface SessionChoice {
  readonly orgId: string
  readonly role: SessionView['role']
}

/** Roles, and what each adds. */
export const roleTexts: Readonly<Record<SessionView['role'], string>> = {
  viewer: 'Viewer — reads',
  editor: 'Editor — changes rows and views',
  admin: 'Admin — changes tables too',
  owner: 'Owner — everything',
}

/** Who is signed in; null until the server has said so. */
export function useSession(): [SessionView | null, (choice: SessionChoice) => Promise<void>] {
  const [session, setSession] = useState<SessionView | null>(null)

  useEffect(() => {
    const controller = new AbortController()
    readSession('/api/session', { signal: controller.signal }).then(setSession, () => {})
    return () => controller.abort()
  }, [])

  async function choose(choice: SessionChoice): Promise<void> {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(choice) }
    setSession(await readSession('/api/session', request))
  }
  return [session, choose]
}

async function readSession(url: string, request: RequestInit): Promise<SessionView> {
  const response = await fetch(url, request)
  if (!response.ok) throw new Error(`The session could not be read (${response.status}).`)
  return await response.json()
}
