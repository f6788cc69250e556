import '@opslayer/react/styles.css'
import { GridView, memoryRows } from '@opslayer/react/grid'
import type { Contender } from '../contender.ts'

export const contender: Contender = {
  scroller: '.ops-grid',
  render: ({ columns, rows }) => <GridView label="rows" columns={columns} source={memoryRows(rows)} />,
}
