/** Lets work be done in the first round and then once an hour at most, by whatever it is done for. */
export function hourly(): (subject: object) => boolean {
  const hourMs = 3_600_000
  const doneAt = new WeakMap<object, number>()
  return (subject) => {
    const now = performance.now()
    if (now - (doneAt.get(subject) ?? Number.NEGATIVE_INFINITY) < hourMs) return false
    doneAt.set(subject, now)
    return true
  }
}
