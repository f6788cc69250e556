import { OpsError } from '@opslayer/core'
import { keyInputs } from '@opslayer/core/schemas'
import { say } from '@opslayer/core/sentences'
import { isAtLeast } from '../roles.ts'
import { checked, type Procedures, router } from '../trpc.ts'

export function keysRouter(procedure: Procedures) {
  return router({
    create: procedure('keys.create')
      .input(checked(keyInputs.create))
      .mutation(({ ctx, input }) => {
        if (!isAtLeast(ctx.role, input.role)) {
          throw new OpsError('FORBIDDEN', say('A key has one of the known roles, and none above your own.'), {
            path: ['role'],
          })
        }
        return ctx.org.keys.create(input)
      }),
    list: procedure('keys.list')
      .input(checked(keyInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.keys.list({ ...input, signal })),
    revoke: procedure('keys.revoke')
      .input(checked(keyInputs.revoke))
      .mutation(({ ctx, input }) => ctx.org.keys.revoke(input.keyId)),
  })
}
