export type { Json } from '../values/json.ts'
