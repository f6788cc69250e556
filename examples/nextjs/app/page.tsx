import { firstTable } from '../lib/ops.ts'
import { Leads } from './leads.tsx'

// What it shows is in the database, not in the build.
export const dynamic = 'force-dynamic'

export default async function Page() {
  const tableId = await firstTable()
  return (
    <>
      <h1>Leads</h1>
      <Leads tableId={tableId} />
    </>
  )
}
