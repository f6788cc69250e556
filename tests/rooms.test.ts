import { describe, expect, it } from 'vitest'
import { findBreaches, isTestFile, type PublicEntries, packageName } from './rooms/find-breaches.ts'
import { findImports } from './rooms/source-file.ts'
import { readWorkspacePackages } from './rooms/workspace-packages.ts'
import { packageRules } from './rooms.ts'

const packages = readWorkspacePackages()
const entries: PublicEntries = Object.fromEntries(
  packages.map(({ manifest }) => [manifest.name, Object.keys(manifest.exports)]),
)

describe.each(packages)('packages/$folder', ({ folder, manifest, files }) => {
  it('imports along the order of the rooms', () => {
    expect(files.flatMap((file) => findBreaches(file, entries))).toEqual([])
  })

  it('declares the dependencies that it imports, and no others', () => {
    const imported = files
      .filter(({ path }) => !isTestFile(path))
      .flatMap(({ imports }) => imports.map(({ specifier }) => specifier))
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map(packageName)
    const bundled = packageRules[folder]?.bundled ?? []
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    const needed = [...declared.filter((name) => !name.startsWith('@types/')), ...bundled]
    expect([...new Set(imported)].sort()).toEqual(needed.sort())
    expect(Object.keys(manifest.devDependencies ?? {})).toEqual(expect.arrayContaining([...bundled]))
  })

  it('publishes its export map without the sources', () => {
    const published = Object.fromEntries(
      Object.entries(manifest.exports).map(([entry, target]) => {
        if (typeof target === 'string') return [entry, target]
        const { '@opslayer/source': _source, ...conditions } = target
        return [entry, conditions]
      }),
    )
    expect(manifest.publishConfig.exports).toEqual(published)
  })
})

describe('the check of imports', () => {
  const breachesOf = (path: string, code: string) => findBreaches({ path, imports: findImports(path, code) }, entries)

  it.each([
    ['core/src/values/x.ts', `import { a } from '../db/y.ts'`, 'room values may import only from rooms before it'],
    ['core/src/values/x.ts', `export type { A } from '../db/y.ts'`, 'room values may import only from rooms before it'],
    ['core/src/store/x.ts', `const a = await import('../index.ts')`, 'room store may import only from rooms before it'],
    ['core/src/store/x.ts', `type A = import('../runs/y.ts').A`, 'room store may import only from rooms before it'],
    ['core/src/store/x.ts', `import { a } from '../attic/y.ts'`, 'and attic is not'],
    ['core/src/attic/x.ts', '', 'tests/rooms.ts has no room "attic" in core'],
    ['core/src/store/x.ts', `import { a } from './y.test.ts'`, 'tests are not part of the package'],
    ['core/src/store/x.ts', `import { a } from './testing/y.ts'`, 'tests are not part of the package'],
    ['core/src/testing/x.ts', `import { a } from '../../../../tests/y.ts'`, 'files outside the package'],
    ['core/src/store/x.ts', `import { a } from '../../../../tests/y.ts'`, 'files outside the package'],
    ['core/src/store/x.ts', `import { a } from '@opslayer/core/values'`, 'does not import itself by name'],
    ['core/src/store/x.test.ts', `import { a } from '@opslayer/core/store'`, 'has no public entry "./store"'],
    ['core/src/store/x.ts', `import { Parser } from 'expr-eval'`, 'core/formula/ alone imports expr-eval'],
    ['core/src/store/x.ts', `import PQueue from 'p-queue'`, 'core/http/ alone imports p-queue'],
    ['core/src/runs/x.ts', `import PgBoss from 'pg-boss'`, 'core/queue/ alone imports pg-boss'],
    ['core/src/plugin/x.ts', `import type { Kysely } from 'kysely'`, 'core/plugin/ is kept free of kysely'],
    ['core/src/values/x.ts', `import { hash } from 'node:crypto'`, 'it also runs in browsers'],
    ['core/src/errors/x.ts', `import pg from 'pg'`, 'core/errors/ is kept free of pg'],
    ['core/src/runs/x.ts', `import { useState } from 'react'`, 'the engine knows no server and no front end'],
    ['plugins/src/attio/x.ts', `import { a } from '../hubspot/y.ts'`, 'vendors do not import each other'],
    ['plugins/src/attio/x.ts', `import { a } from '@opslayer/core'`, 'uses only ./plugin, ./values, ./testing'],
    ['plugins/src/attio/x.ts', `import { a } from '@opslayer/server'`, 'plugins does not depend on @opslayer/server'],
    ['react/src/grid/x.tsx', `import { a } from '@opslayer/server'`, 'uses only the types of @opslayer/server'],
    ['react/src/grid-state/x.ts', `import { memo } from 'react'`, 'tested without React'],
  ])('refuses in %s: %s', (path, code, rule) => {
    const breaches = breachesOf(`packages/${path}`, code)
    expect(breaches).toHaveLength(1)
    expect(breaches[0]).toContain(`packages/${path}`)
    expect(breaches[0]).toContain(rule)
  })

  it.each([
    ['core/src/db/x.ts', `import pg from 'pg'; import { a } from '../errors/y.ts'; import { b } from './z.ts'`],
    [
      'core/src/db/x.test.ts',
      `import { a } from '../store/y.ts'; import { b } from '../../../../tests/databases/z.ts'`,
    ],
    ['core/src/testing/x.ts', `import { a } from '../create-ops.ts'`],
    ['core/src/store/testing/x.ts', `import { a } from '../../create-ops.ts'; import { b } from '../y.ts'`],
    ['plugins/src/attio/sources/x.ts', `import { a } from '../plugin.ts'; import { b } from '@opslayer/core/plugin'`],
    ['react/src/grid/x.tsx', `import type { A } from '@opslayer/server'; import { b } from '../grid-state/y.ts'`],
  ])('accepts in %s: %s', (path, code) => {
    expect(breachesOf(`packages/${path}`, code)).toEqual([])
  })
})
