import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { LargeTableProgress } from '../../shared/large-table-progress.ts'
import type { SessionView } from '../../shared/session-view.ts'
import { callApi } from '../call-api.ts'

const path = '/api/large-table'
const pollMs = 400

/** Has the server make a table of 500,000 rows, and shows how far it is. */
export function LargeTable({ session }: { readonly session: SessionView }) {
  const queryClient = useQueryClient()
  const { data: progress } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => callApi<LargeTableProgress>(path, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'loading' ? pollMs : false),
  })
  const { mutate: start, isPending } = useMutation({
    mutationFn: () => callApi<LargeTableProgress>(path, { body: {} }),
    onSuccess: (begun) => queryClient.setQueryData([path], begun),
  })
  const isLoading = isPending || progress?.state === 'loading'
  const mayCreate = session.role === 'admin' || session.role === 'owner'
  const shown = (count: number) => count.toLocaleString(session.org.locale)
  return (
    <section className="panel">
      <h2>Half a million rows</h2>
      <p>A table of 500,000 website visits, to scroll, filter, sort and group.</p>
      {progress?.state === 'loading' && (
        <p role="status">
          <progress max={progress.of} value={progress.rows} aria-label="Rows loaded" /> {shown(progress.rows)} of{' '}
          {shown(progress.of)} rows
        </p>
      )}
      {progress?.state === 'failed' && <p className="fault">The table could not be made: {progress.reason}</p>}
      {progress?.state === 'done' && progress.tableId !== null ? (
        <p>
          It is there: <Link href={`/tables/${progress.tableId}`}>open it</Link>.
        </p>
      ) : (
        <button type="button" disabled={!mayCreate || isLoading} onClick={() => start()}>
          Make the table
        </button>
      )}
      {!mayCreate && (
        <p className="soft">Administrators make tables. Change your role at the foot of the navigation.</p>
      )}
    </section>
  )
}
