/** Loads what pasting and filling need. Done when the grid gets the focus, so that it is there if the network is not. */
export const loadTools = () => import('../../grid-state/cell-tools.ts')
