import { posix } from 'node:path'
import { keptOut, packageRules, soleUsers } from '../rooms.ts'
import type { PackageRules } from './package-rules.ts'
import type { SourceFile, SourceImport } from './source-file.ts'

/** The public entries of each workspace package, as keys of its `exports`. */
export type PublicEntries = Readonly<Record<string, readonly string[]>>

/**
 * Checks the imports of a file under `packages/<name>/src/` against {@link packageRules}. Each breach is a sentence with file,
 * import and rule.
 *
 * Tests (`*.test.ts`, `*.test-d.ts`, and what helps them in a room's `testing/`) may import everything of their package,
 * public entries of others, and `tests/`.
 */
export function findBreaches(file: SourceFile, entries: PublicEntries): readonly string[] {
  const place = placeOf(file.path)
  const rules = packageRules[place.package]
  if (rules === undefined) return [`${file.path}: tests/rooms.ts has no package "${place.package}"`]
  if (rules.rooms !== 'vendors' && !rules.rooms.includes(place.room)) {
    return [`${file.path}: tests/rooms.ts has no room "${place.room}" in ${place.package}`]
  }
  return file.imports.flatMap((each) => {
    const rule = brokenRule(file, place, rules, each, entries)
    return rule === undefined ? [] : [`${file.path} imports "${each.specifier}": ${rule}`]
  })
}

interface Place {
  readonly package: string
  readonly room: string
}

function brokenRule(
  file: SourceFile,
  place: Place,
  rules: PackageRules,
  each: SourceImport,
  entries: PublicEntries,
): string | undefined {
  const isTest = isTestFile(file.path)
  if (each.specifier.startsWith('.')) return relativeRule(file, place, rules, each, isTest)
  if (each.specifier.startsWith('@opslayer/')) return workspaceRule(place, rules, each, entries, isTest)
  return isTest ? undefined : libraryRule(`${place.package}/${place.room}`, each.specifier)
}

function relativeRule(
  file: SourceFile,
  place: Place,
  rules: PackageRules,
  each: SourceImport,
  isTest: boolean,
): string | undefined {
  const target = posix.join(posix.dirname(file.path), each.specifier)
  if (!target.startsWith(`packages/${place.package}/src/`)) {
    if (isTest && target.startsWith('tests/')) return undefined
    return 'files outside the package are reached through the public entries of a package'
  }
  if (isTest) return undefined
  if (isTestFile(target)) return 'tests are not part of the package'
  const { room } = placeOf(target)
  if (room === place.room || !rules.ordered) return undefined
  if (rules.rooms === 'vendors') return place.room === 'index' ? undefined : 'vendors do not import each other'
  const isBefore = rules.rooms.indexOf(room) < rules.rooms.indexOf(place.room)
  return isBefore && rules.rooms.includes(room)
    ? undefined
    : `room ${place.room} may import only from rooms before it in tests/rooms.ts, and ${room} is not`
}

function workspaceRule(
  place: Place,
  rules: PackageRules,
  each: SourceImport,
  entries: PublicEntries,
  isTest: boolean,
): string | undefined {
  const [scope, name, ...rest] = each.specifier.split('/')
  const target = `${scope}/${name}`
  const entry = ['.', ...rest].join('/')
  if (!entries[target]?.includes(entry)) return `${target} has no public entry "${entry}"`
  if (isTest) return undefined
  if (name === place.package) return 'a package does not import itself by name'
  const allowed = rules.packages[target]
  if (allowed === undefined) return `${place.package} does not depend on ${target}`
  if (allowed.entries !== undefined && !allowed.entries.includes(entry)) {
    return `${place.package} uses only ${allowed.entries.join(', ')} of ${target}`
  }
  return allowed.typesOnly && !each.typeOnly ? `${place.package} uses only the types of ${target}` : undefined
}

function libraryRule(room: string, specifier: string): string | undefined {
  const name = packageName(specifier)
  const user = soleUsers[name]
  if (user !== undefined && user !== room) return `${user}/ alone imports ${name}`
  const broken = keptOut.find((each) => matches(each.rooms, room) && matches(each.imports, specifier, name))
  return broken === undefined ? undefined : `${room}/ is kept free of ${name}, because ${broken.reason}`
}

/** The package that a bare specifier belongs to; Node's own modules keep their name. */
export function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Whether a file is a test, or helps the tests of its room in a folder `testing/` there, and so is not published. */
export function isTestFile(path: string): boolean {
  return /\.test(-d)?\.tsx?$|^packages\/[^/]+\/src\/.+\/testing\//.test(path)
}

function placeOf(path: string): Place {
  const [, name = '', , first = ''] = path.split('/')
  return { package: name, room: first.replace(/(\.test)?(-d)?\.tsx?$/, '') }
}

function matches(patterns: readonly string[], ...names: readonly string[]): boolean {
  return patterns.some((pattern) =>
    names.some((name) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)),
  )
}
