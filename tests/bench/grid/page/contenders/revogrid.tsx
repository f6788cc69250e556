import { RevoGrid } from '@revolist/react-datagrid'
import type { Contender } from '../contender.ts'

export const contender: Contender = {
  scroller: 'revogr-viewport-scroll.rgCol .vertical-inner',
  sideScroller: 'revogr-viewport-scroll.rgCol',
  mark: () => document.querySelector('revogr-focus')?.getAttribute('style') ?? '',
  render: (data) => (
    <RevoGrid
      style={{ height: '100%' }}
      onAfteredit={data.noteWrite}
      rowSize={36}
      rowHeaders
      source={data.records.map((_, row) =>
        Object.fromEntries(data.columns.map(({ key }, place) => [key, data.text(row, place)])),
      )}
      columns={data.columns.map(({ key, name, width = 120 }, place) => ({
        prop: key,
        name,
        size: width,
        ...(place === 0 && { pin: 'colPinStart' as const }),
      }))}
    />
  ),
}
