import { buildModules } from '../../tsup.base.ts'

/** Frameworks that render on servers take what follows this line as code of the browser. */
const banner = { js: "'use client'" }

/** What is compiled asks React's own runtime for elements, and no `React` of the surroundings. */
const esbuildOptions = (options: { jsx?: 'automatic' }) => {
  options.jsx = 'automatic'
}

export default { ...buildModules('src/styles/styles.css'), banner, esbuildOptions }
