import type { GroupEnd } from './worker-messages.ts'

/** What a client sent, cut where the server answers. */
export type FrontendUnit =
  | { readonly kind: 'encryptionRequest' | 'startup' | 'terminate' }
  | { readonly kind: 'group'; readonly end: GroupEnd; readonly bytes: Uint8Array<ArrayBuffer> }

const typeQuery = 0x51
const typeSync = 0x53
const typeFlush = 0x48
const typeTerminate = 0x58
const typeFunctionCall = 0x46
const copyTypes: ReadonlySet<number> = new Set([0x64, 0x63, 0x66])

const sslRequest = 80877103
const gssRequest = 80877104
const cancelRequest = 80877102

/**
 * Cuts a client's bytes into whole groups of messages: up to Sync, Flush or a simple Query.
 * The one session of PGlite may serve another client only between groups.
 */
export class MessageGrouper {
  #rest: Uint8Array = new Uint8Array(0)
  /** Bytes of `#rest` that hold whole messages of the group being gathered. */
  #gathered = 0
  #started = false

  push(chunk: Uint8Array): FrontendUnit[] {
    const units: FrontendUnit[] = []
    this.#rest = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk)
    while (this.#takeOne(units));
    return units
  }

  #takeOne(units: FrontendUnit[]): boolean {
    const header = this.#started ? 5 : 8
    if (this.#rest.length < this.#gathered + header) return false
    const view = new DataView(this.#rest.buffer, this.#rest.byteOffset + this.#gathered)
    const length = this.#started ? 1 + view.getInt32(1) : view.getInt32(0)
    if (this.#rest.length < this.#gathered + length) return false
    if (this.#started) this.#takeMessage(view.getUint8(0), length, units)
    else this.#takeOpening(view.getInt32(4), length, units)
    return true
  }

  /** The first messages have no type byte. */
  #takeOpening(code: number, length: number, units: FrontendUnit[]): void {
    this.#drop(length)
    if (code === sslRequest || code === gssRequest) units.push({ kind: 'encryptionRequest' })
    else if (code === cancelRequest) units.push({ kind: 'terminate' })
    else {
      this.#started = true
      units.push({ kind: 'startup' })
    }
  }

  #takeMessage(type: number, length: number, units: FrontendUnit[]): void {
    if (copyTypes.has(type) && this.#gathered === 0) {
      // A refused COPY may be followed by its data; a server that is not copying drops it too.
      this.#drop(length)
    } else if (type === typeTerminate) {
      this.#drop(this.#gathered + length)
      units.push({ kind: 'terminate' })
    } else {
      this.#gathered += length
      if (type === typeQuery || type === typeSync || type === typeFunctionCall) this.#finishGroup('sync', units)
      else if (type === typeFlush) this.#finishGroup('flush', units)
    }
  }

  #finishGroup(end: GroupEnd, units: FrontendUnit[]): void {
    // A copy of its own: pg's buffers are shared slabs that must not be transferred.
    units.push({ kind: 'group', end, bytes: new Uint8Array(this.#rest.subarray(0, this.#gathered)) })
    this.#drop(this.#gathered)
  }

  #drop(length: number): void {
    this.#rest = this.#rest.subarray(length)
    this.#gathered = 0
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
