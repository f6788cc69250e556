import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { makeOwnedDirectory } from '../../databases/owned-directory.ts'
import { pageBuilds } from './build-page.ts'

/** Lets the files of a run of tests share the pages that they bundle. Not while watching, when sources change. */
export default function setup({ config }: TestProject): (() => void) | undefined {
  if (config.watch) return undefined
  const directory = makeOwnedDirectory()
  process.env[pageBuilds] = directory
  return () => rmSync(directory, { recursive: true, force: true })
}
