import { type OpsClient, OpsProvider, useTables } from '@opslayer/react'
import { useState } from 'react'

/** The client of an org with one table, or one whose server does not answer. */
function clientOf(table: string | null): OpsClient {
  const subscription = { subscribe: () => ({ unsubscribe: () => {} }) }
  const answer = { items: [{ id: 'tbl_1', name: table, columns: [] }], nextCursor: null }
  const query = async () => await (table === null ? new Promise<never>(() => {}) : answer)
  return { tables: { list: { query } }, live: { changes: subscription, run: subscription } } as unknown as OpsClient
}

const orgs = [clientOf('Leads of Acme'), clientOf(null)] as const

function Names() {
  const { data } = useTables()
  return <p>{data === undefined ? 'Being read' : data.map(({ name }) => name).join()}</p>
}

/** A host whose user goes from one org to another. */
export function Orgs() {
  const [client, setClient] = useState(orgs[0])
  return (
    <OpsProvider client={client}>
      <Names />
      <button type="button" onClick={() => setClient(orgs[1])}>
        Another org
      </button>
    </OpsProvider>
  )
}
