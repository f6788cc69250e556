/** An answer of JSON is there as a whole. What is chunked by tRPC comes bit by bit. */
export function isWholeJson(headers: Headers): boolean {
  return headers.get('content-type') === 'application/json' && !headers.has('transfer-encoding')
}
