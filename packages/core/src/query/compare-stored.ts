import { compareCodePoints } from '../values/code-points.ts'
import type { Storage } from '../values/column-type.ts'
import type { Scalar } from '../values/predicate.ts'

/** Orders two stored scalars as PostgreSQL orders their storage type: negative, zero or positive. */
export function compareStored(a: Scalar, b: Scalar, storage: Storage): number {
  switch (storage) {
    case 'numeric':
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
