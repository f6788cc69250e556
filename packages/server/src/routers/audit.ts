import { auditInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function auditRouter(procedure: Procedures) {
  return router({
    list: procedure('audit.list')
      .input(checked(auditInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.audit.list(input, { signal })),
    verify: procedure('audit.verify')
      .input(checked(auditInputs.verify))
      .query(({ ctx, input, signal }) => ctx.org.audit.verify(input.known, { signal })),
  })
}
