import { buildPackage } from '../../tsup.base.ts'
import manifest from './package.json' with { type: 'json' }

export default buildPackage(manifest, { 'cli/main': 'src/cli/main.ts' })
