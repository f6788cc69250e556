/**
 * What the page may load: its own files and nothing else. opslayer needs neither inline scripts nor inline styles, `eval`
 * or `data:` addresses.
 *
 * @param isDev Vite's reloading wants inline styles and a socket
 */
export function contentPolicy(isDev: boolean): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': isDev ? "'self' 'unsafe-inline'" : "'self'",
    'connect-src': isDev ? "'self' ws:" : "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  }
}
