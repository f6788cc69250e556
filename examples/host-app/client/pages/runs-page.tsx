import { WorkPanel } from '@opslayer/react'

/** All runs of the company, what they cost, and what starts them: opslayer's own panel in this app's frame. */
export function RunsPage() {
  return (
    <div className="page">
      <h1>Runs</h1>
      <p className="soft">
        E-mail addresses are verified by a simulator of Reoon on this machine. Credits are counted, nothing is paid, and
        no address leaves the demo.
      </p>
      <div className="ops-root">
        <WorkPanel />
      </div>
    </div>
  )
}
