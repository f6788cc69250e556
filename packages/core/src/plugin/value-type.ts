import type { BuiltInColumnTypeId, builtInColumnTypes } from '../values/built-in-types.ts'
import type { ColumnType } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'

/** The built-in column type that cells of a part have, by id or with settings (the options of a dropdown). */
export type ValueType =
  | BuiltInColumnTypeId
  | { readonly type: BuiltInColumnTypeId; readonly settings?: Readonly<Record<string, Json>> }

type TypeId<Type extends ValueType> = Type extends { readonly type: infer Id } ? Id : Type

/** The stored form of a value of the type. */
export type ValueOf<Type extends ValueType> =
  TypeId<Type> extends infer Id extends BuiltInColumnTypeId
    ? (typeof builtInColumnTypes)[Id] extends ColumnType<infer _Settings, infer Value>
      ? Value
      : never
    : never
