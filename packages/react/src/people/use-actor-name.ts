import { useCallback } from 'react'
import type { ActorName } from '../data/client/calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { usePeople } from './people-context.ts'

const others = ['rule', 'plugin', 'copilot', 'system'] as const

/** Who did something, in words; users by the name that the host's `people` have for their id, or else by the id. */
export function useActorName(): (actor: ActorName) => string {
  const { translate } = useOpsContext()
  const people = usePeople()
  return useCallback(
    ({ type, id }) => {
      const other = others.find((each) => each === type)
      return other === undefined ? (people.find(id)?.name ?? id) : translate(`actor.${other}`, { id })
    },
    [people, translate],
  )
}

/** An actor of what rows say: `user:u1`. */
export function actorOfText(text: string): ActorName {
  const [type = '', ...id] = text.split(':')
  return { type, id: id.join(':') }
}
