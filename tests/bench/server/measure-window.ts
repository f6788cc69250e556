import { type BenchServer, bareWindow, randomOffset } from './bench-server.ts'
import { httpClient } from './http-client.ts'
import { windowRows } from './load-crowd.ts'

/** One window after the other, by one client. */
export async function measureWindow(server: BenchServer): Promise<void> {
  const { bench, url, table } = server
  const http = httpClient(url, 'bench')
  const window = () =>
    http.query('rows.window', { tableId: table.tableId, offset: randomOffset(server), limit: windowRows })
  await bench.compare(
    'window through HTTP',
    { ours: window, limit: () => bareWindow(server) },
    { runs: 300, warmUp: 100 },
  )
  http.close()
}
