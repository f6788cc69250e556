import { connectionNotFound } from './connections.repository.ts'

export const connectionIdPattern = /^con_[a-z0-9]{16}$/

/** @throws OpsError `NOT_FOUND` for what no connection is called */
export function checkedConnectionId(id: string): string {
  if (typeof id !== 'string' || !connectionIdPattern.test(id)) throw connectionNotFound(id)
  return id
}
