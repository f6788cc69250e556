import { importInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

/** The file itself comes before, by `POST uploads`: what that answers is the `file` of these. */
export function importsRouter(procedure: Procedures) {
  return router({
    propose: procedure('imports.propose')
      .input(checked(importInputs.propose))
      .mutation(({ ctx, input: { file, request }, signal }) => ctx.org.imports.propose(file, request, { signal })),
    confirm: procedure('imports.confirm')
      .input(checked(importInputs.confirm))
      .mutation(({ ctx, input: { file, request }, signal }) => ctx.org.imports.confirm(file, request, { signal })),
    check: procedure('imports.check')
      .input(checked(importInputs.check))
      .mutation(({ ctx, input: { file, request }, signal }) => ctx.org.imports.check(file, request, { signal })),
    start: procedure('imports.start')
      .input(checked(importInputs.start))
      .mutation(({ ctx, input: { file, request, key } }) => ctx.org.imports.start(file, request, { key })),
  })
}
