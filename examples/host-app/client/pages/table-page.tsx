import { OpsTable } from '@opslayer/react'
import { opsClient } from '../ops-client.ts'

/** A table with all its tools, as large as the page. */
export function TablePage({ tableId }: { readonly tableId: string }) {
  return (
    <div className="table-page">
      <OpsTable client={opsClient} tableId={tableId} />
    </div>
  )
}
