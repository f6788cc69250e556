/** Blanks secrets in a text, also where they stand percent-encoded or in Base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let blanked = text
  for (const secret of secrets) {
    // Blanking single letters would tell more than it hides.
    if (secret.length < 4) continue
    const bytes = Buffer.from(secret)
    const inJson = JSON.stringify(secret).slice(1, -1)
    for (const form of [
      secret,
      inJson,
      encodeURIComponent(secret),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      blanked = blanked.replaceAll(form, '***')
    }
  }
  return blanked
}
