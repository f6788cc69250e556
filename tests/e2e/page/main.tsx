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
const Scene = scenes[query.get('scene') ?? 'mixed']
const app = document.getElementById('app')
if (Scene === undefined || app === null) throw new Error('There is no such scene.')
createRoot(app).render(
  <StrictMode>
    <Scene query={query} />
  </StrictMode>,
)
