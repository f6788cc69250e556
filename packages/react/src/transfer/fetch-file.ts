import { answerFault } from './answer-fault.ts'

/** A file that is here, and what to call it. */
export interface FetchedFile {
  readonly name: string
  readonly content: Blob
}

/** Fetches a file with headers, which a link cannot carry. @throws Error that says why */
export async function fetchFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  { signal }: { readonly signal: AbortSignal },
): Promise<FetchedFile> {
  const response = await fetch(url, { headers, signal, credentials: 'include' })
  if (!response.ok) {
    const answer: unknown = await response.json().catch(() => null)
    throw new Error(answerFault(answer) ?? `The server answered with ${response.status}.`)
  }
  return { name: fileName(response.headers.get('content-disposition')), content: await response.blob() }
}

/** The name that the server gives a file, as RFC 6266 writes it. */
export function fileName(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename="([^"]*)"/i.exec(disposition ?? '')?.[1]
  try {
    return (encoded && decodeURIComponent(encoded)) || plain || 'download'
  } catch {
    return plain || 'download'
  }
}
