import * as z from 'zod'

/** Who acts: kept with every change. */
export const actorSchema = z.strictObject({
  /** `key`: a program that calls by an API key. */
  type: z.enum(['user', 'key', 'rule', 'plugin', 'copilot', 'system']),
  /** The host's id of the user, or ours of the rule. */
  id: z
    .string()
    .min(1)
    .max(200)
    .refine((id) => id.isWellFormed() && !/\p{Cc}/u.test(id), 'An actor id has no control characters.'),
  /** Role that the server's authorisation reads; core does not. */
  role: z.string().max(50).optional(),
})

export type Actor = Readonly<z.infer<typeof actorSchema>>

/** How an actor stands in `_created_by` and `_updated_by`: `user:u1`. */
export function actorText({ type, id }: Actor): string {
  return `${type}:${id}`
}
