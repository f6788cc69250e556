import { useData } from './data-context.ts'
import { type Action, roleMay } from './roles.ts'

/** Whether the user's role, as the host named it in `OpsProvider`, may do something. */
export function useMay(action: Action): boolean {
  return roleMay(useData().role, action)
}
