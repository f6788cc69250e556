import { buildPackage } from '../../tsup.base.ts'
import manifest from './package.json' with { type: 'json' }

/** Frameworks that render on servers take what follows this line as code of the browser. */
const banner = { js: "'use client'" }

export default { ...buildPackage(manifest), banner }
