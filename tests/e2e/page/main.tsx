import '@opslayer/react/styles.css'
import { StrictMode, version } from 'react'
import { createRoot } from 'react-dom/client'
import { scenes } from './scenes.tsx'

declare global {
  interface Window {
    reactVersion: string
  }
}

window.reactVersion = version
const query = new URLSearchParams(location.search)
document.documentElement.dir = query.get('page-direction') ?? ''
const load = scenes[query.get('scene') ?? 'mixed']
const app = document.getElementById('app')
if (load === undefined || app === null) throw new Error('There is no such scene.')
const Scene = await load()
createRoot(app).render(
  <StrictMode>
    <Scene query={query} />
  </StrictMode>,
)
