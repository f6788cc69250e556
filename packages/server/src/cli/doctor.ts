import { type DatabaseFacts, isOpsError, type Ops } from '@opslayer/core'
import { Command } from 'commander'
import type { CliTools } from './create-cli.ts'

interface Finding {
  readonly check: string
  readonly result: 'ok' | 'warning' | 'fault'
  readonly detail: string
}

/** The oldest Node that the packages run on. */
const leastNode = [22, 18] as const

export function doctorCommand({ withOps, output, fail }: CliTools): Command {
  return new Command('doctor')
    .description('check Node, the database, its role and rights, the catalog and the walls between orgs')
    .action(async () => {
      const looked = await withOps(databaseFindings).catch((error: unknown) => [faultFinding('database', error)])
      const findings = [nodeFinding(), ...looked]
      output.table(findings, ['check', 'result', 'detail'])
      if (findings.some(({ result }) => result === 'fault')) fail()
    })
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
  const detail = isEnough ? process.version : `${process.version}; ${leastNode.join('.')} or later is needed`
  return { check: 'Node', result: isEnough ? 'ok' : 'fault', detail }
}

async function databaseFindings(ops: Ops): Promise<readonly Finding[]> {
  const reached = await found('database', async () => {
    const begun = performance.now()
    await ops.migrationStatus()
    return `answers in ${Math.round(performance.now() - begun)} ms`
  })
  if (reached.result === 'fault') return [reached]
  const facts = Object.values(await ops.databaseFacts()).flatMap(factFindings)
  const catalog = await found('catalog', async () => {
    const states = Object.entries(await ops.migrationStatus())
    const behind = states.filter(([, { state, orgs }]) => state !== 'current' || orgs.behind > 0)
    if (behind.length > 0) throw new Error(`${behind.map(([name]) => name).join(', ')}: run \`opslayer migrate\``)
    return `version ${states[0]?.[1].current}`
  })
  if (catalog.result === 'fault') return [reached, ...facts, catalog]
  const walls = await found('walls between orgs', async () => {
    const faults = Object.values(await ops.lint()).flat()
    if (faults.length > 0) throw new Error(faults.map((fault) => JSON.stringify(fault)).join('; '))
    return 'row-level security is forced, every key begins with the org'
  })
  return [reached, ...facts, catalog, walls]
}

/** Claims of runs, expiry of keys and the times of rows go by the database's clock, people by their own. */
const clockToleranceMs = 5_000

function factFindings(facts: DatabaseFacts): readonly Finding[] {
  const { version, role, clockAheadMs, trigramSchema, kind } = facts
  const isRecent = Number.parseInt(version, 10) >= 15
  const isInTime = Math.abs(clockAheadMs) <= clockToleranceMs
  return [
    {
      check: 'PostgreSQL',
      result: isRecent ? 'ok' : 'fault',
      detail: `${version}${kind === 'embedded' ? ', embedded' : ''}${isRecent ? '' : '; 15 or later is needed'}`,
    },
    { check: 'role', result: 'ok', detail: `connects as ${role}` },
    {
      check: 'clock',
      result: isInTime ? 'ok' : 'warning',
      detail: `${clockAheadMs} ms ahead of this machine's${isInTime ? '' : '; set both by NTP'}`,
    },
    {
      check: 'extension pg_trgm',
      result: trigramSchema === null ? 'warning' : 'ok',
      detail:
        trigramSchema === null
          ? 'not there yet; it is made with the first index for "contains", or by: create extension pg_trgm'
          : `in schema ${trigramSchema}`,
    },
  ]
}

async function found(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, result: 'ok', detail: await look() }
  } catch (error) {
    return faultFinding(check, error)
  }
}

function faultFinding(check: string, error: unknown): Finding {
  if (!(error instanceof Error)) throw error
  return { check, result: 'fault', detail: isOpsError(error) ? `${error.code}: ${error.message}` : error.message }
}
