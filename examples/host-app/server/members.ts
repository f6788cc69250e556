import type { Actor } from '@opslayer/core'
import type { Role } from '@opslayer/server'
import type { SessionView } from '../shared/session-view.ts'
import { owners } from './seed/words.ts'

/** A customer of Northwind Growth: a tenant. */
export interface Org {
  readonly id: string
  readonly name: string
  readonly locale: string
  readonly timeZone: string
  /** How much of the full workspace it has. */
  readonly share: number
  readonly seed: number
  /** One member for each role. */
  readonly members: Readonly<Record<Role, string>>
}

/** Who signs in to the demo. A real app has these in its own tables. */
export const orgs: readonly [Org, ...Org[]] = [
  {
    id: 'lighthouse',
    name: 'Lighthouse Robotics',
    locale: 'en-US',
    timeZone: 'America/New_York',
    share: 1,
    seed: 2026,
    members: { owner: 'Elena Ruiz', admin: 'Mara Lindqvist', editor: 'Tom Becker', viewer: 'Noor Haddad' },
  },
  {
    id: 'blueharbor',
    name: 'Blue Harbor Travel',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    share: 0.04,
    seed: 77,
    members: { owner: 'Amara Okafor', admin: 'Felix Hughes', editor: 'Siân Davies', viewer: 'Jun Mori' },
  },
]

/** The member of an org who has a role, as opslayer knows them. */
export function actorOf(org: Org, role: Role): Actor {
  return { type: 'user', id: idOf(org.members[role]), role }
}

/** Everybody of an org whom its tables name: members, and the owners of accounts. */
export function peopleOf(org: Org): SessionView['people'] {
  const named = owners.map((owner) => owner.replace(/ <.*/, ''))
  return [...new Set([...Object.values(org.members), ...named])].map((name) => ({
    id: idOf(name),
    name,
    email:
      owners.find((owner) => owner.startsWith(`${name} <`))?.match(/<(.*)>/)?.[1] ?? `${idOf(name)}@northwind.example`,
  }))
}

const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '.')
