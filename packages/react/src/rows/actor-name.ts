import type { ActorName } from '../data/client/calls.ts'

/** Who did something, as far as the front end knows: hosts name people by their own ids. */
export function actorName({ type, id }: ActorName): string {
  return type === 'user' ? id : `${type} ${id}`
}

/** The same of what rows say: `user:u1`. */
export function actorOfText(text: string): string {
  const [type = '', ...id] = text.split(':')
  return actorName({ type, id: id.join(':') })
}
