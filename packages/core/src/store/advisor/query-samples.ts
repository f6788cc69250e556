import { isWorthNoting, type QueryShape } from './query-shape.ts'

/** How a shape of query was asked since the last flush. */
export interface QuerySample {
  readonly tableId: string
  readonly shape: QueryShape
  readonly calls: number
  readonly totalMs: number
  readonly maxMs: number
  readonly lastAt: Date
}

/** What this process remembers of the reads that it did, until it is written to the catalog. Bounded memory. */
export interface QuerySamples {
  /** Returns whether it is time to write the org's samples to the catalog. */
  note(orgId: string, tableId: string, shape: QueryShape, ms: number, at: Date): boolean
  /** Takes out what was noted of an org. */
  take(orgId: string): readonly QuerySample[]
  /** Orgs of which something was noted. */
  orgs(): readonly string[]
  /** Drops what was noted of an org. */
  forget(orgId: string): void
}

/** Shapes kept per org and in all; the rest is not noted until the next flush. */
const maxShapesOfOrg = 500
const maxShapes = 20_000

/** Reads of an org after which its samples are written, so that a process that ends loses few. */
const readsPerFlush = 500

export function createQuerySamples(): QuerySamples {
  const byOrg = new Map<string, Map<string, QuerySample>>()
  const reads = new Map<string, number>()
  let size = 0

  function drop(orgId: string): readonly QuerySample[] {
    const taken = [...(byOrg.get(orgId)?.values() ?? [])]
    byOrg.delete(orgId)
    reads.delete(orgId)
    size -= taken.length
    return taken
  }

  return {
    note: (orgId, tableId, shape, ms, at) => {
      if (!isWorthNoting(shape)) return false
      const shapes = byOrg.get(orgId) ?? new Map<string, QuerySample>()
      const key = `${tableId} ${shapeText(shape)}`
      const known = shapes.get(key)
      const count = (reads.get(orgId) ?? 0) + 1
      reads.set(orgId, count)
      const isDue = count % readsPerFlush === 0
      if (known === undefined && (shapes.size >= maxShapesOfOrg || size >= maxShapes)) return isDue
      if (known === undefined) size += 1
      byOrg.set(orgId, shapes)
      shapes.set(key, {
        tableId,
        shape,
        calls: (known?.calls ?? 0) + 1,
        totalMs: (known?.totalMs ?? 0) + ms,
        maxMs: Math.max(known?.maxMs ?? 0, ms),
        lastAt: at,
      })
      return isDue
    },
    take: drop,
    orgs: () => [...byOrg.keys()],
    forget: (orgId) => void drop(orgId),
  }
}

/** Equal for equal shapes. */
export function shapeText({ filters, either, other, sort, reads }: QueryShape): string {
  const text = (conditions: QueryShape['filters']) => conditions.map(({ column, use }) => `${column} ${use}`).join()
  return `${text(filters)}|${text(either)}|${other ? '+' : ''}|${sort ?? ''}|${reads.join()}`
}
