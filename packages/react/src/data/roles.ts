/** Roles that the server knows, each with all that those before it may. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const

export type Role = (typeof roles)[number]

/** The least role for what the front end offers; the server has the last word. */
const leastRole = {
  'rows.write': 'editor',
  'views.write': 'editor',
  'definitions.write': 'admin',
  undo: 'editor',
  'undo.others': 'admin',
  'runs.write': 'editor',
  import: 'admin',
  export: 'viewer',
  connections: 'admin',
  budgets: 'admin',
  feeds: 'admin',
  schedules: 'admin',
  'settings.write': 'admin',
} as const satisfies Readonly<Record<string, Role>>

export type Action = keyof typeof leastRole

export function roleMay(role: Role, action: Action): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole[action])
}
