/** Loads what work in the grid needs. Done when it gets the focus, so that it is there if the network is not. */
export const loadTools = () => import('./grid-tools.ts')

export type Tools = Awaited<ReturnType<typeof loadTools>>
