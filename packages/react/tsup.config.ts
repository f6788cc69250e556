import { buildPackage } from '../../tsup.base.ts'
import manifest from './package.json' with { type: 'json' }

/** Frameworks that render on servers take what follows this line as code of the browser. */
const banner = { js: "'use client'" }

/** What is compiled asks React's own runtime for elements, and no `React` of the surroundings. */
const esbuildOptions = (options: { jsx?: 'automatic' }) => {
  options.jsx = 'automatic'
}

export default { ...buildPackage(manifest), banner, esbuildOptions }
