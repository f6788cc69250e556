import { isOpsError } from '../errors/ops-error.ts'

/**
 * Does work for all items, one after the other: what fails for one of them is thrown once the others are done. Without the
 * database there is nothing to do for them.
 */
export async function eachAlone<Item>(items: AsyncIterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  let failure: { readonly error: unknown } | undefined
  for await (const item of items) {
    try {
      await work(item)
    } catch (error) {
      if (isOpsError(error, 'DATABASE_UNAVAILABLE')) throw error
      failure ??= { error }
    }
  }
  if (failure !== undefined) throw failure.error
}
