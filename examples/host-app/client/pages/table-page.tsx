import { OpsTable } from '@opslayer/react'

/** A table with all its tools, as large as the page. */
export function TablePage({ tableId }: { readonly tableId: string }) {
  return (
    <div className="table-page">
      <OpsTable tableId={tableId} />
    </div>
  )
}
