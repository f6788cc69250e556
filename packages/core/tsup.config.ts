import { buildPackage } from '../../tsup.base.ts'
import manifest from './package.json' with { type: 'json' }

export default buildPackage(manifest, {
  'embedded-worker': 'src/db/embedded/worker.ts',
  'standstill-worker': 'src/connections/standstill-worker.ts',
})
