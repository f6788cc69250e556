/** Rules of one workspace package. */
export interface PackageRules {
  /** Names of its rooms, or `vendors` where every folder is one and imports only itself. */
  readonly rooms: readonly string[] | 'vendors'
  /** Whether a room may import only from rooms before it. */
  readonly ordered: boolean
  /** The workspace packages it may import, and of them which entries (all, unless named). */
  readonly packages: Readonly<Record<string, { readonly entries?: readonly string[]; readonly typesOnly?: boolean }>>
  /** Development dependencies that are built into it. @default none */
  readonly bundled?: readonly string[]
}
