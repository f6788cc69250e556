import { limits } from './limits.ts'

const reserved = new Set(['constructor', 'prototype', '__proto__', 'and', 'or', 'not', 'search'])

/** What a key looks like: it is a property name in code, a name in formulas and a column of the host's SQL view. */
export const keyPattern = /^[a-z][a-z0-9_]{0,59}$/

/**
 * The stable name of a column in code, made from what users call it: `First name` → `first_name`, `Größe` → `grosse`.
 * Takes the first free of `key`, `key_2`, `key_3` …
 */
export function columnKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, limits.keyLength - 5)
  const base = plain === '' || reserved.has(plain) ? 'column' : plain
  if (!taken.has(base)) return base
  for (let number = 2; ; number += 1) {
    const key = `${base}_${number}`
    if (!taken.has(key)) return key
  }
}
