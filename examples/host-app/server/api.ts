import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Ops } from '@opslayer/core'
import * as z from 'zod'
import { roles, type SessionView } from '../shared/session-view.ts'
import { createLargeTables } from './large-table.ts'
import { orgs, peopleOf } from './members.ts'
import { firstSession, type Session, type Sessions } from './sessions.ts'

const choiceSchema = z.strictObject({ orgId: z.enum(orgs.map(({ id }) => id)), role: z.enum(roles) })

/** The app's own calls: sessions, and a large table on request. */
export function createApi(ops: Ops, sessions: Sessions) {
  const largeTables = createLargeTables(ops)

  return async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { cookie } = request.headers
    const isPost = request.method === 'POST'
    const session = sessions.of(cookie)
    if (isPost && request.headers['content-type'] !== 'application/json') return answer(response, 415, {})
    if (path === '/api/session' && isPost) {
      const choice = choiceSchema.safeParse(await json(request).catch(() => undefined))
      const org = orgs.find(({ id }) => id === choice.data?.orgId)
      if (org === undefined || choice.data === undefined) return answer(response, 400, {})
      const chosen: Session = { org, role: choice.data.role }
      response.setHeader('set-cookie', sessions.set(cookie, chosen))
      return answer(response, 200, viewOf(chosen))
    }
    if (path === '/api/session') {
      if (session === null) response.setHeader('set-cookie', sessions.set(cookie, firstSession))
      return answer(response, 200, viewOf(session ?? firstSession))
    }
    if (path === '/api/large-table' && session !== null) {
      const mayCreate = session.role === 'admin' || session.role === 'owner'
      if (isPost && !mayCreate) return answer(response, 403, {})
      return answer(response, 200, isPost ? largeTables.start(session) : largeTables.of(session.org))
    }
    return answer(response, 404, {})
  }
}

function viewOf({ org, role }: Session): SessionView {
  const { id, name, locale, timeZone, members } = org
  return {
    org: { id, name, locale, timeZone },
    role,
    member: members[role],
    people: peopleOf(org),
    orgs: orgs.map((each) => ({ id: each.id, name: each.name })),
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}
