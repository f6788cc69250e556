import type { Storage } from '../values/column-type.ts'
import type { Scalar } from '../values/predicate.ts'

/** Orders two stored scalars as PostgreSQL orders their storage type: negative, zero or positive. */
export function compareStored(a: Scalar, b: Scalar, storage: Storage): number {
  switch (storage) {
    case 'numeric':
      return compareDecimals(String(a), String(b))
    case 'boolean':
      return Number(a) - Number(b)
    case 'timestamptz':
      return Date.parse(String(a)) - Date.parse(String(b))
    case 'text':
    case 'text[]':
    case 'jsonb':
    case 'date':
      return compareCodePoints(String(a), String(b))
    default:
      return storage satisfies never
  }
}

/** Text by code point, as `collate "C"` orders UTF-8; JavaScript's own `<` goes by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return ranked(x) - ranked(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all other units. */
function ranked(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}

/** Decimals by exact value, beyond the digits of a JavaScript number too. */
function compareDecimals(a: string, b: string): number {
  const [x, y] = [decimal(a), decimal(b)]
  const scale = Math.max(x.scale, y.scale)
  const [left, right] = [x.digits * 10n ** BigInt(scale - x.scale), y.digits * 10n ** BigInt(scale - y.scale)]
  return left < right ? -1 : left > right ? 1 : 0
}

function decimal(text: string): { readonly digits: bigint; readonly scale: number } {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,4}))?$/i.exec(text) ?? []
  const digits = BigInt(`${whole}${fraction}` || '0')
  const scale = fraction.length - Number(exponent)
  const scaled = scale < 0 ? digits * 10n ** BigInt(-scale) : digits
  return { digits: sign === '-' ? -scaled : scaled, scale: Math.max(0, scale) }
}
