import type { NextConfig } from 'next'

const config: NextConfig = {
  // Runs as it is: it loads a worker, and PostgreSQL's wire protocol, by path.
  serverExternalPackages: ['@opslayer/core'],
  // Types are checked by the editor and by `tsc`, once and not in every build.
  typescript: { ignoreBuildErrors: true },
}
export default config
