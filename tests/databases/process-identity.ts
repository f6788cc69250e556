import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Names one process for good: its id and the moment it started, because the system reuses ids.
 * Undefined when no such process runs.
 */
export function processIdentity(pid: number): string | undefined {
  const started = process.platform === 'linux' ? linuxStartTicks(pid) : startSeconds(pid)
  return started === undefined ? undefined : `${pid}-${started}`
}

/** Whether the process still runs that {@link processIdentity} named. */
export function isRunning(identity: string): boolean {
  return processIdentity(Number.parseInt(identity, 10)) === identity
}

function linuxStartTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in parentheses and may hold spaces; fields are counted behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function startSeconds(pid: number): string | undefined {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } })
    return String(Date.parse(started) / 1000)
  } catch {
    return undefined
  }
}
