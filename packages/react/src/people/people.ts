/** Somebody whom the host knows, as its users know them. */
export interface Person {
  /** As actors are named where `@opslayer/server` asks who calls. */
  readonly id: string
  readonly name: string
  /** Cells that hold this address show the person. */
  readonly email?: string
  /** Shown in place of the initial. The page's policy must allow images from there. */
  readonly avatarUrl?: string
}

/** The people of an org, found by whatever names them. */
export interface People {
  readonly all: readonly Person[]
  /** By id, by e-mail address, by name, or by `Name <e-mail>` as cells hold it. */
  find(text: string): Person | undefined
}

/** Cells hold people as text, so that they make sense to formulas, exports and CRMs too. */
export function personText({ name, email }: Person): string {
  return email === undefined ? name : `${name} <${email}>`
}

export function peopleOf(all: readonly Person[]): People {
  const byName = new Map<string, Person>()
  // What is said first counts least: an id that is somebody else's name stays an id.
  for (const person of all.toReversed()) byName.set(person.name.toLowerCase(), person)
  for (const person of all) if (person.email !== undefined) byName.set(person.email.toLowerCase(), person)
  const byId = new Map(all.map((person) => [person.id, person]))
  return {
    all,
    find(text) {
      const address = /<([^<>]+)>$/.exec(text)?.[1] ?? text
      return byId.get(text) ?? byName.get(address.toLowerCase())
    },
  }
}
