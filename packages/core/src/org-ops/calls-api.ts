import type { CallOptions } from '../db/transaction.ts'
import type { ApiCall, ApiCallSum, ApiCallSumsQuery, ApiCallsQuery } from '../http/calls.service.ts'
import type { Page } from '../store/tables.service.ts'

/** What plugins sent out: the API log. */
export interface CallsApi {
  /** The newest first, of the last 14 days. A call is there about a second after it was made. @throws OpsError `INVALID_INPUT` */
  list(query?: ApiCallsQuery, options?: CallOptions): Promise<Page<ApiCall>>
  /** How many and how they ended, by minute or hour. @throws OpsError `INVALID_INPUT` */
  sums(query: ApiCallSumsQuery, options?: CallOptions): Promise<readonly ApiCallSum[]>
}
