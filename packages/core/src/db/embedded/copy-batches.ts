/** A chunk of bytes, or several, one after the other. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const newline = 0x0a
const backslash = 0x5c

/**
 * Cuts rows in COPY's text format into batches of about `batchBytes`, each of whole rows in memory of its own.
 */
export async function* copyBatches(source: ByteSource, batchBytes: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    chunks.push(chunk)
    size += chunk.length
    if (size < batchBytes) continue
    const all = joined(chunks, size)
    const end = endOfRows(all)
    if (end > 0) yield all.slice(0, end)
    chunks = [all.subarray(end)]
    size = all.length - end
  }
  if (size > 0) yield joined(chunks, size)
}

/** The offset after the last newline that ends a row: one after a backslash belongs to a value. */
function endOfRows(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(newline); at !== -1; at = bytes.lastIndexOf(newline, at - 1)) {
    let backslashes = 0
    while (bytes[at - 1 - backslashes] === backslash) backslashes++
    if (backslashes % 2 === 0) return at + 1
    if (at === 0) return 0
  }
  return 0
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
