import { GridProvider } from '@opslayer/react/grid'
import type { ComponentType } from 'react'
import type { SceneProps } from './scene-props.ts'

type Scene = ComponentType<SceneProps>

const grids = () => import('./grid-scenes.tsx')
const tables = () => import('./table-scenes.tsx')

/** Loads a scene with no more code than it needs: that of grids alone is half of what a table takes. */
export const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  mixed: async () => withProvider((await grids()).Mixed),
  grouped: async () => withProvider((await grids()).Grouped),
  states: async () => withProvider((await grids()).States),
  empty: async () => withProvider((await grids()).Empty),
  endless: async () => withProvider((await grids()).Endless),
  live: async () => withProvider((await grids()).Live),
  late: async () => (await import('./late-scene.tsx')).Late,
  server: async () => withProvider((await tables()).Server),
  table: async () => withProvider((await tables()).Table),
  home: async () => withProvider((await tables()).Home),
  orgs: async () => (await import('./orgs-scene.tsx')).Orgs,
  controls: async () => withProvider((await import('./control-scenes.tsx')).Controls),
  dialogs: async () => (await import('./dialog-scenes.tsx')).Dialogs,
}

function withProvider(Scene: Scene): Scene {
  return (props) => (
    <GridProvider locale={props.query.get('locale') ?? 'en-US'}>
      <Scene {...props} />
    </GridProvider>
  )
}
