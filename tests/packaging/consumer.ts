import { isOpsError, OpsError } from '@opslayer/core'
import { aggregateIds } from '@opslayer/core/values'

// Exported without annotations: their types must be expressible in a host's own declarations.
export const aggregates = aggregateIds
export const guard = isOpsError
export const makeError = (...args: ConstructorParameters<typeof OpsError>) => new OpsError(...args)
