import type { PackageRules } from './rooms/package-rules.ts'

/**
 * What each package may import, and the order of its rooms: ground floor first, a room imports only from rooms before it.
 * A new room wants a line here. The single files at the top of a package are rooms too, named without extension.
 */
export const packageRules: Readonly<Record<string, PackageRules>> = {
  core: {
    rooms: [
      'sentences',
      'errors',
      'values',
      'plugin',
      'db',
      'catalog',
      'query',
      'formula',
      'store',
      'runs',
      'changes',
      'views',
      'transfer',
      'secrets',
      'connections',
      'http',
      'queue',
      'cells',
      'feeds',
      'actions',
      'crm',
      'rules',
      'standard-tables',
      'tools',
      'health',
      'access',
      'schemas',
      'schedule-kinds',
      'org-ops',
      'narrow-org-ops',
      'ops',
      'create-org-ops',
      'create-connection-env',
      'create-ops',
      'index',
      'testing',
    ],
    ordered: true,
    packages: {},
    bundled: ['tldts'],
  },
  plugins: {
    // Every folder is a vendor, and vendors do not know each other.
    rooms: 'vendors',
    ordered: true,
    packages: {
      '@opslayer/core': { entries: ['./plugin', './values', './testing'] },
      '@opslayer/react': {},
    },
  },
  server: {
    rooms: [
      'error-codes',
      'error-data',
      'roles',
      'actor',
      'log-entry',
      'limiter',
      'http',
      'request',
      'authorize',
      'calls',
      'trpc',
      'routers',
      'events',
      'webhooks',
      'oauth',
      'mcp',
      'cli',
      'handler',
      'node',
      'index',
    ],
    ordered: false,
    packages: { '@opslayer/core': {} },
  },
  react: {
    rooms: [
      'provider',
      'data',
      'people',
      'grid',
      'grid-state',
      'cells',
      'editors',
      'table',
      'filters',
      'views',
      'rows',
      'commands',
      'forms',
      'columns',
      'formula',
      'transfer',
      'fills',
      'feeds',
      'actions',
      'schedules',
      'runs',
      'connections',
      'crm',
      'rules',
      'home',
      'ui',
      'styles',
      'index',
    ],
    ordered: false,
    packages: {
      '@opslayer/core': { entries: ['./values', './formula', './plugin', './sentences'] },
      '@opslayer/server': { typesOnly: true },
    },
  },
}

/** Libraries that one room alone imports, so that leaving one concerns that room alone. */
export const soleUsers: Readonly<Record<string, string>> = {
  'expr-eval': 'core/formula',
  'expr-eval-fork': 'core/formula',
  'p-queue': 'core/http',
  'pg-boss': 'core/queue',
  croner: 'core/queue',
}

/** What a room must not pull in, so that it runs where the reason says. A trailing `*` stands for the rest of a name. */
export const keptOut: readonly {
  readonly rooms: readonly string[]
  readonly imports: readonly string[]
  readonly reason: string
}[] = [
  {
    rooms: ['core/sentences', 'core/errors', 'core/values', 'core/plugin', 'react/*'],
    imports: ['pg', 'pg-*', 'kysely', '@electric-sql/*', 'node:*'],
    reason: 'it also runs in browsers',
  },
  {
    rooms: ['core/*'],
    imports: ['react', 'react-dom', '@trpc/*', 'hono', 'express', 'fastify'],
    reason: 'the engine knows no server and no front end',
  },
  {
    rooms: ['react/grid-state'],
    imports: ['react', 'react-dom', '@tanstack/*'],
    reason: 'the logic of the grid is tested without React',
  },
]
