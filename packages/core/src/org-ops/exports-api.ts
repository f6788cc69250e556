import type { Writable } from 'node:stream'
import type { ExportQuery, TableExportOptions } from '../transfer/write/export-query.ts'
import type { ExportReport } from '../transfer/write/export-report.ts'
import type { TableExport } from '../transfer/write/table-export.ts'

/** Tables and views as files: CSV, TSV, JSON Lines, Excel. */
export interface ExportsApi {
  /**
   * All rows as they are at one moment, as a stream of bytes. Read `body` to its end, or cancel.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`, `UNSUPPORTED`
   *
   * @example
   * const { body, contentType } = await acme.exports.stream(leads.id, { format: 'csv', view: hot.id })
   * return new Response(body, { headers: { 'content-type': contentType } })
   */
  stream(tableId: string, query: ExportQuery, options?: TableExportOptions): Promise<TableExport>
  /**
   * The same, written to a stream of Node's or the web's, which is ended after it.
   *
   * @example
   * await acme.exports.writeTo(leads.id, { format: 'xlsx' }, createWriteStream('leads.xlsx'))
   */
  writeTo(
    tableId: string,
    query: ExportQuery,
    stream: Writable | WritableStream<Uint8Array>,
    options?: TableExportOptions,
  ): Promise<ExportReport>
}
