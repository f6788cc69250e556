import { OpsTable } from '@opslayer/react'
import { useSearchParams } from 'wouter'

/** A table with all its tools, as large as the page; the address says which view and which row are open. */
export function TablePage({ tableId }: { readonly tableId: string }) {
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string | null) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      if (value === null) next.delete(name)
      else next.set(name, value)
      return next
    })
  return (
    <div className="table-page">
      <OpsTable
        tableId={tableId}
        viewId={params.get('view') ?? 'all'}
        onViewChange={(viewId) => set('view', viewId)}
        openRowId={params.get('row')}
        onOpenRowChange={(rowId) => set('row', rowId)}
      />
    </div>
  )
}
