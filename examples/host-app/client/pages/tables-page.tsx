import { TablesHome } from '@opslayer/react'
import { useLocation } from 'wouter'

/** All tables of the company: opslayer's own page of them, in this app's frame. */
export function TablesPage() {
  const [, go] = useLocation()
  return (
    <div className="table-page">
      <TablesHome onOpen={(tableId) => go(`/tables/${tableId}`)} />
    </div>
  )
}
