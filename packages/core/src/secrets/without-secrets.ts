/** Blanks secrets in a text, also where they stand percent-encoded or in Base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let blanked = text
  // A shorter one may be the beginning of a longer one, whose rest would stay.
  for (const secret of secrets.toSorted((one, other) => other.length - one.length)) {
    // Blanking single letters would tell more than it hides.
    if (secret.length < 4) continue
    const bytes = Buffer.from(secret)
    const inJson = JSON.stringify(secret).slice(1, -1)
    for (const form of [
      secret,
      inJson,
      encodeURIComponent(secret.toWellFormed()),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      blanked = blanked.replaceAll(form, '***')
    }
  }
  return blanked
}
