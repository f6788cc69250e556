/** What members may be, each with all that those before may do. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]

/** Who is signed in, and who else one could be: what the page is told. */
export interface SessionView {
  readonly org: { readonly id: string; readonly name: string; readonly locale: string; readonly timeZone: string }
  readonly role: Role
  readonly member: string
  /** The people of the company, by the ids that opslayer knows them by. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly email: string }[]
  readonly orgs: readonly { readonly id: string; readonly name: string }[]
}
