import { buildPackage } from '../../tsup.base.ts'
import manifest from './package.json' with { type: 'json' }

const workers = {
  'embedded-worker': 'src/db/embedded/worker.ts',
  'standstill-worker': 'src/connections/standstill-worker.ts',
}

/** Development dependencies that sources import are bundled; as modules, of which only what is used comes along. */
const esbuildOptions = (options: { mainFields?: string[] }) => {
  options.mainFields = ['module', 'main']
}

export default { ...buildPackage(manifest, workers), esbuildOptions }
