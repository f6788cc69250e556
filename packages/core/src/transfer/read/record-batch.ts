import type { Json } from '../../values/json.ts'

/**
 * What a file holds in one place, before any type reads it: text in a text file; also numbers, true/false, lists and
 * objects in JSON, and numbers and true/false in a workbook, whose dates come as ISO text. Empty cells are `''` or null.
 */
export type RawCell = Json

/** One record: its cells in the order of the file's columns; may have fewer or more than the header. */
export type RawRecord = readonly RawCell[]

/** Part of a file that is no record, with the reason; it counts as a row of the file all the same. */
export interface RejectedRecord {
  /** Line on which it begins, from 1; in a workbook, the row. */
  readonly line: number
  /** Its number among the records after the header, from 0. */
  readonly record: number
  /** A sentence for people: what is wrong, and where. */
  readonly reason: string
  /** How it begins, at most 1,000 characters. */
  readonly excerpt: string
}

/**
 * Where reading goes on. Plain JSON: keep it beside what was done with the records before it, and hand it to
 * `readRecords` as `from` to read on as if nothing had happened.
 */
export interface ReadCheckpoint {
  /** Records before it, rejected ones included. */
  readonly record: number
  /** The line (in a workbook, the row) that comes next, from 1. */
  readonly line: number
  /** Bytes of the file before it; for workbooks always 0, they are found again by `record`. */
  readonly byte: number
  /** Names of columns met after the header, in files of JSON objects; absent if there are none. */
  readonly foundColumns?: readonly string[]
}

/** Some records that follow each other. */
export interface RecordBatch {
  readonly records: readonly RawRecord[]
  /** For each of `records`: the line on which it begins, from 1. */
  readonly lines: readonly number[]
  /** For each of `records`: its number among the records after the header, from 0, rejected ones counted. */
  readonly numbers: readonly number[]
  readonly rejected: readonly RejectedRecord[]
  /** Names of columns met in this batch that the header does not know; their cells stand behind the header's. */
  readonly foundColumns: readonly string[]
  /** The place after the batch. */
  readonly end: ReadCheckpoint
}
