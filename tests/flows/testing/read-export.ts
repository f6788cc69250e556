import type { TableExport } from '@opslayer/core'

/** The whole file as bytes. */
export async function bytesOf({ body }: TableExport): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function textOf(exported: TableExport): Promise<string> {
  return (await bytesOf(exported)).toString('utf8')
}
