import type { UploadedFile } from '../data/client/imports-calls.ts'
import type { Uploads } from '../data/data-context.ts'
import { answerFault } from './answer-fault.ts'

export interface UploadOptions {
  readonly signal: AbortSignal
  /** Gets the share that was sent, from 0 to 1. */
  onProgress(share: number): void
}

/** Sends a file to the server. Browsers tell the progress of what they send to `XMLHttpRequest` alone. @throws Error that says why */
export function uploadFile(uploads: Uploads, file: File, { signal, onProgress }: UploadOptions): Promise<UploadedFile> {
  const { promise, resolve, reject } = Promise.withResolvers<UploadedFile>()
  const request = new XMLHttpRequest()
  request.open('POST', `${uploads.url}/uploads?name=${encodeURIComponent(file.name)}`)
  request.responseType = 'json'
  request.setRequestHeader('content-type', 'application/octet-stream')
  for (const [name, value] of Object.entries(uploads.headers?.() ?? {})) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total))
  request.addEventListener('load', () => {
    const { status, response } = request
    if (status >= 200 && status < 300) resolve(response as UploadedFile)
    else reject(new Error(answerFault(response) ?? `The server answered with ${status}.`))
  })
  request.addEventListener('error', () =>
    reject(new Error('The file could not be sent. Check the connection and try again.')),
  )
  request.addEventListener('abort', () => reject(signal.reason))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.send(file)
  return promise
}
