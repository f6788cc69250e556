import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role, SessionView } from '../shared/session-view.ts'
import { callApi } from './call-api.ts'

/** What to change of who is signed in. */
export interface SessionChoice {
  readonly orgId: string
  readonly role: Role
}

export type ChooseSession = (choice: SessionChoice) => void

/** Roles, and what each adds. */
export const roleTexts: Readonly<Record<Role, string>> = {
  viewer: 'Viewer: reads',
  editor: 'Editor: rows, views',
  admin: 'Admin: tables too',
  owner: 'Owner: everything',
}

/** Who is signed in; undefined until the server has said so. */
export function useSession(): { readonly session: SessionView | undefined; readonly choose: ChooseSession } {
  const queryClient = useQueryClient()
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => callApi<SessionView>('/api/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { mutate } = useMutation({
    mutationFn: (choice: SessionChoice) => callApi<SessionView>('/api/session', { body: choice }),
    onSuccess: (session) => {
      // What was read belongs to somebody else.
      queryClient.clear()
      queryClient.setQueryData(['session'], session)
    },
  })
  return { session: data, choose: mutate }
}
