import type { Contender } from './contender.ts'

/** The grids by name; each is a chunk of its own, so that its size is its own too. */
export const contenders: Readonly<Record<string, () => Promise<{ readonly contender: Contender }>>> = {
  opslayer: () => import('./contenders/opslayer.tsx'),
  glide: () => import('./contenders/glide.tsx'),
  'ag-grid': () => import('./contenders/ag-grid.tsx'),
  'react-data-grid': () => import('./contenders/react-data-grid.tsx'),
  revogrid: () => import('./contenders/revogrid.tsx'),
  mui: () => import('./contenders/mui.tsx'),
  'probe-elements': async () => ({ contender: (await import('./contenders/probe.tsx')).elements }),
  'probe-pixels': async () => ({ contender: (await import('./contenders/probe.tsx')).pixels }),
  tanstack: () => import('./contenders/tanstack.tsx'),
}
