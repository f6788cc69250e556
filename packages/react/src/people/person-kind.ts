import type { CellKind } from '../cells/cell-kind.ts'
import { avatarKind, personName } from '../cells/kinds/avatar.ts'
import type { People } from './people.ts'

/** How cells of people look where the host says who they are: by name, with a picture if there is one. */
export function personKind(people: People): CellKind {
  return avatarKind(
    'person',
    (text) => people.find(text)?.name ?? personName(text),
    (text) => people.find(text)?.avatarUrl,
  )
}
