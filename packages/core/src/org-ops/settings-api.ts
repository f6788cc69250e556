import type { CallOptions } from '../db/transaction.ts'
import type { OrgSettings, OrgSettingsInput } from '../store/org-settings.service.ts'

export interface SettingsApi {
  get(options?: CallOptions): Promise<OrgSettings>
  /**
   * Changes the time zone or the locale, for every process from its next call on.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  update(changes: OrgSettingsInput, options?: CallOptions): Promise<OrgSettings>
}
