export { isOpsError, OpsError } from './errors/ops-error.ts'
