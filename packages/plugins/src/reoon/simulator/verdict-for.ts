import { type VerificationStatus, verificationStatuses } from '../schemas.ts'

/** Statuses that quick mode has; the others need a look at the mailbox. */
const quickStatuses: ReadonlySet<string> = new Set(['invalid', 'disposable', 'spamtrap'])

const unknownShare = 0.05

/** What Reoon says of an address: the status is its local part, where that is one; the same each time. */
export function verdictFor(email: string, mode: 'quick' | 'power'): Readonly<Record<string, unknown>> {
  const [username = '', domain = ''] = email.split('@')
  const status = mode === 'quick' ? quickStatus(username, domain) : powerStatus(email, username, domain)
  const common = {
    email,
    status,
    username,
    domain,
    is_valid_syntax: domain.includes('.'),
    is_disposable: status === 'disposable',
    is_role_account: status === 'role_account',
    is_spamtrap: status === 'spamtrap',
    is_free_email: domain === 'gmail.com',
    mx_accepts_mail: status !== 'invalid',
    mx_records: status === 'invalid' ? [] : [`mx.${domain}`],
    verification_mode: mode,
  }
  if (mode === 'quick') return common
  return {
    ...common,
    overall_score: status === 'safe' ? 98 : status === 'unknown' ? 50 : 10,
    is_safe_to_send: status === 'safe',
    can_connect_smtp: status !== 'invalid' && status !== 'unknown',
    has_inbox_full: status === 'inbox_full',
    is_catch_all: status === 'catch_all',
    is_deliverable: status === 'safe',
    is_disabled: status === 'disabled',
  }
}

function quickStatus(username: string, domain: string): VerificationStatus {
  if (!domain.includes('.')) return 'invalid'
  return verificationStatuses.find((each) => each === username && quickStatuses.has(each)) ?? 'valid'
}

function powerStatus(email: string, username: string, domain: string): VerificationStatus {
  if (!domain.includes('.')) return 'invalid'
  const forced = verificationStatuses.find((each) => each === username && each !== 'valid')
  if (forced !== undefined) return forced
  const sum = [...email].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 10_007, 7)
  return sum / 10_007 < unknownShare ? 'unknown' : 'safe'
}
