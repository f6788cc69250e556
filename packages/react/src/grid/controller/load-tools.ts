import type { GridCore } from './grid-core.ts'

/** Loads what work in the grid needs. Done when it gets the focus, so that it is there if the network is not. */
export const loadTools = () => import('./grid-tools.ts')

export type Tools = Awaited<ReturnType<typeof loadTools>>

/** Does work with the tools, and tells where it fails. */
export async function withTools(core: GridCore, work: (tools: Tools) => Promise<void> | void): Promise<void> {
  try {
    await work(await loadTools())
  } catch (error) {
    core.fail('work.failed', error)
  }
}
