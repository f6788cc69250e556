import { randomBytes } from 'node:crypto'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** `length` random characters of a 32-letter alphabet without look-alikes: 5 bits each. */
export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('')
}

/** An id that says what it names and gives nothing away: `tbl_` and 80 random bits. */
export function newId(prefix: 'tbl' | 'col' | 'viw' | 'con' | 'key' | 'oat' | 'apk' | 'fed' | 'sch'): string {
  return `${prefix}_${randomText(16)}`
}

let lastTime = 0

/** Id of an operation of the change log; later ones of this process compare greater. */
export function newOperationId(): string {
  return `op_${timedText()}`
}

/** Id of a run; later ones of this process compare greater. */
export function newRunId(): string {
  return `run_${timedText()}`
}

/** Id of a call in the API log; later ones of this process compare greater. */
export function newCallId(): string {
  return `call_${timedText()}`
}

/** Id of a delivery by webhook; later ones of this process compare greater. */
export function newDeliveryId(): string {
  return `dlv_${timedText()}`
}

/** Id of what a vendor told by webhook; later ones of this process compare greater. */
export function newEventId(): string {
  return `evt_${timedText()}`
}

/** Ids of calls that were made before a moment are less than this. */
export function firstCallIdOf(moment: Date): string {
  return `call_${timeText(moment.getTime())}`
}

/** Ids of deliveries that came before a moment are less than this. */
export function firstDeliveryIdOf(moment: Date): string {
  return `dlv_${timeText(moment.getTime())}`
}

function timedText(): string {
  lastTime = Math.max(Date.now(), lastTime + 1)
  return `${timeText(lastTime)}${randomText(8)}`
}

function timeText(ms: number): string {
  return ms.toString(36).padStart(9, '0')
}
