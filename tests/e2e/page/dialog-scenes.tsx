import { type OpsClient, OpsProvider, OpsTable, type Role, useDialogs, useTable } from '@opslayer/react'
import { Button } from '@opslayer/react/ui'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { useState } from 'react'
import { points } from './host-functions.ts'
import type { SceneProps } from './scene-props.ts'

const functions = [points]

const uploads = { url: '/ops' }

/** A host that signs its requests by a header, which a link cannot carry. */
const signedUploads = { ...uploads, headers: () => ({ 'x-signed': 'yes' }) }

/** A table of the real server with a button for each dialog above it. */
export function Dialogs({ query }: SceneProps) {
  const [client] = useState(
    () =>
      createTRPCClient({
        links: [
          splitLink({
            condition: ({ type }) => type === 'subscription',
            true: httpSubscriptionLink({ url: '/ops/rpc' }),
            false: httpBatchLink({ url: '/ops/rpc' }),
          }),
        ],
      }) as unknown as OpsClient,
  )
  const tableId = query.get('table') ?? ''
  const role = (query.get('role') ?? 'admin') as Role
  return (
    <OpsProvider
      client={client}
      uploads={query.has('headers') ? signedUploads : uploads}
      role={role}
      functions={functions}
    >
      <div className="ops-root dialogs">
        <Buttons tableId={tableId} />
        <div className="dialogs-table">
          <OpsTable tableId={tableId} />
        </div>
      </div>
    </OpsProvider>
  )
}

function Buttons({ tableId }: { readonly tableId: string }) {
  const { open } = useDialogs()
  const columns = useTable(tableId).data?.columns ?? []
  return (
    <div className="dialogs-buttons">
      <Button onClick={() => open('add-column', { tableId })}>Add column</Button>
      <Button onClick={() => open('table-settings', { tableId })}>Table settings</Button>
      <Button onClick={() => open('import', { tableId })}>Import</Button>
      <Button onClick={() => open('export', { tableId })}>Export</Button>
      <Button onClick={() => open('new-table', {})}>New table</Button>
      <Button onClick={() => open('connections', {})}>Connections</Button>
      <Button onClick={() => open('runs', {})}>Runs</Button>
      {columns.map(({ id, name }) => (
        <Button key={id} size="small" onClick={() => open('edit-column', { tableId, columnId: id })}>
          {`Edit ${name}`}
        </Button>
      ))}
    </div>
  )
}
