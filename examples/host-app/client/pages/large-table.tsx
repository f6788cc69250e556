import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { LargeTable as Progress } from '../../server/large-table.ts'
import type { SessionView } from '../session.ts'

export interface LargeTableProps {
  readonly session: SessionView
  readonly onMade: () => void
}

const pollMs = 400

/** Has the server make a table of 500,000 rows, and shows how far it is. */
export function LargeTable({ session, onMade }: LargeTableProps) {
  const [progress, setProgress] = useState<Progress | null>(null)
  const isLoading = progress?.state === 'loading'
  const mayCreate = session.role === 'admin' || session.role === 'owner'

  useEffect(() => {
    void read('GET').then(setProgress)
  }, [])

  useEffect(() => {
    if (!isLoading) return
    const timer = setInterval(async () => {
      const now = await read('GET')
      setProgress(now)
      if (now?.state === 'done') onMade()
    }, pollMs)
    return () => clearInterval(timer)
  }, [isLoading, onMade])

  return (
    <section className="panel">
      <h2>Half a million rows</h2>
      <p>A table of 500,000 website visits, to scroll, filter, sort and group.</p>
      {isLoading && (
        <p role="status">
          <progress max={progress.of} value={progress.rows} aria-label="Rows loaded" />{' '}
          {progress.rows.toLocaleString(session.org.locale)} of {progress.of.toLocaleString(session.org.locale)} rows
        </p>
      )}
      {progress?.state === 'failed' && (
        <p className="fault">The table could not be made. The server's output says why.</p>
      )}
      {progress?.state === 'done' && progress.tableId !== null && (
        <p>
          It is there: <Link href={`/tables/${progress.tableId}`}>open it</Link>.
        </p>
      )}
      <button type="button" disabled={!mayCreate || isLoading} onClick={() => void read('POST').then(setProgress)}>
        Make the table
      </button>
      {!mayCreate && (
        <p className="soft">Administrators make tables. Change your role at the foot of the navigation.</p>
      )}
    </section>
  )
}

async function read(method: 'GET' | 'POST'): Promise<Progress | null> {
  const response = await fetch('/api/large-table', { method, headers: { 'content-type': 'application/json' } })
  return response.ok ? await response.json() : null
}
