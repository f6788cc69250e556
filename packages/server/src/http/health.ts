import type { Ops } from '@opslayer/core'

/** How long the answer of one look is good for, in milliseconds: whoever asks more often learns nothing more. */
const keptMs = 1_000

/** A database that has not answered by then is not ready, in milliseconds. */
const patienceMs = 5_000

/** Says whether this process can serve: every database reached, its catalog of the version that is wanted. */
export function readiness(ops: Ops): () => Promise<Response> {
  let looked: { readonly at: number; readonly ready: Promise<boolean> } | undefined
  return async () => {
    const now = performance.now()
    if (looked === undefined || now - looked.at > keptMs) looked = { at: now, ready: isReady(ops) }
    const ready = await looked.ready
    return Response.json({ status: ready ? 'ready' : 'not ready' }, { status: ready ? 200 : 503 })
  }
}

async function isReady(ops: Ops): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), patienceMs)
  const answered = ops.migrationStatus().then(
    (databases) => Object.values(databases).every(({ state }) => state === 'current'),
    () => false,
  )
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}
