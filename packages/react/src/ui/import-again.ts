/**
 * Makes an import that can be tried again. Chromium and Firefox keep for the life of a page that an address gave no module,
 * so after a failure the address that the error names is asked with a number behind it.
 */
export function importAgain<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let address: string | undefined
  let tries = 0
  return async () => {
    try {
      if (address === undefined) return await load()
      tries += 1
      return await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}?try=${tries}`)
    } catch (error) {
      address ??= /https?:\/\/[^\s?]+\.m?js/.exec(String(error))?.[0]
      throw error
    }
  }
}
