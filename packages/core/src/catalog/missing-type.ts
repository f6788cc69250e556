import * as z from 'zod'
import { say } from '../sentences/say.ts'
import type { AggregateId } from '../values/aggregate.ts'
import { compareCodePoints } from '../values/code-points.ts'
import { type AnyColumnType, defineColumnType, type Storage } from '../values/column-type.ts'
import { emptyOperators } from '../values/empty-operators.ts'
import type { Json } from '../values/json.ts'
import { refuse } from '../values/parsed.ts'

const aggregates: readonly AggregateId[] = ['filled', 'empty', 'filled_share', 'empty_share']

/** What stands in for a column type that the host no longer has: cells are read as they are stored, and not written. */
export function missingType(id: string, storage: Storage): AnyColumnType {
  return defineColumnType<Json, Json>({
    id,
    label: id,
    description: 'A type that is missing here.',
    storage,
    sort: 'none',
    settings: z.json(),
    parse: () => refuse(say('the type of the column is missing')),
    format: storedText,
    toCsv: storedText,
    compare: (a, b) => compareCodePoints(storedText(a), storedText(b)),
    operators: emptyOperators,
    aggregates,
    canBeUnique: false,
    examples: [],
  })
}

function storedText(value: Json): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
