import { withoutSecrets } from '../secrets/without-secrets.ts'

/** Segments that name things of an API, versions included: `contacts`, `v3`, `bulk-verify.json`. */
const nameLike = /^(?:v\d+(?:\.\d+)*|[a-z]+(?:[-_.][a-z]+)*)$/i

/** Longer words are rather tokens. */
const longestName = 32

const longestRoute = 200

/**
 * A path as it may stand in a log: what a plugin says, or the path with a `:` in place of each segment that looks like
 * an id, an address or a token. Nothing of the `secrets` stays, in whatever encoding a path can have it.
 */
export function routeText(path: string, declared: string | undefined, secrets: readonly string[]): string {
  const text =
    declared ??
    path
      .split('/')
      .map((segment) => (isName(segment) ? segment : ':'))
      .join('/')
  return withoutSecrets(text, secrets).slice(0, longestRoute)
}

function isName(segment: string): boolean {
  return segment === '' || (segment.length <= longestName && nameLike.test(segment))
}
