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

/** Blanks secrets in a text, also where they stand percent-encoded or in Base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let blanked = text
  for (const secret of secrets) {
    // Blanking single letters would tell more than it hides.
    if (secret.length < 4) continue
    const bytes = Buffer.from(secret)
    for (const form of [secret, encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('base64url')]) {
      blanked = blanked.replaceAll(form, '***')
    }
  }
  return blanked
}
