export interface ApiCall {
  /** Sent as JSON; with it the call is a `POST`. */
  readonly body?: object
  readonly signal?: AbortSignal
}

/** Calls the app's own API. @throws Error that says which call failed */
export async function callApi<Answer>(path: string, { body, signal }: ApiCall = {}): Promise<Answer> {
  const response = await fetch(path, {
    ...(signal !== undefined && { signal }),
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
  return await response.json()
}
