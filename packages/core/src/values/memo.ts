/**
 * Remembers what `make` returned for each key, for objects that are dear to make (Intl formatters take about 50 µs).
 * Forgets everything when `limit` keys are reached, so hostile keys cannot fill the memory.
 */
export function memo<Value>(make: (key: string) => Value, limit = 200): (key: string) => Value {
  const made = new Map<string, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    if (made.size >= limit) made.clear()
    const value = make(key)
    made.set(key, value)
    return value
  }
}
