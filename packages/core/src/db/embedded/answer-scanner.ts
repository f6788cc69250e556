const typeReadyForQuery = 0x5a
const typeNotification = 0x41
const typeCommandComplete = 0x43

/** What the worker needs to know of an answer. */
export interface AnswerEvents {
  /** ReadyForQuery, with its transaction state. */
  readonly onReady: (status: 'I' | 'T' | 'E') => void
  /** A whole NotificationResponse message, header included. */
  readonly onNotification: (message: Uint8Array<ArrayBuffer>) => void
  /** The tag of a finished command, such as `LISTEN` or `INSERT 0 1`. */
  readonly onCommand: (tag: string) => void
}

/** Walks the backend messages of an answer as it streams by; messages may be cut anywhere. */
export class AnswerScanner {
  readonly #events: AnswerEvents
  readonly #header = new Uint8Array(5)
  #headerFilled = 0
  #bodyLeft = 0
  /** The body of a message that is of interest, and how much of it has come. */
  #body: Uint8Array<ArrayBuffer> | undefined

  constructor(events: AnswerEvents) {
    this.#events = events
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#headerFilled < 5) {
        this.#header[this.#headerFilled++] = chunk[at++] ?? 0
        if (this.#headerFilled === 5) this.#startBody()
      } else {
        const part = chunk.subarray(at, at + this.#bodyLeft)
        this.#body?.set(part, this.#body.length - this.#bodyLeft)
        at += part.length
        this.#bodyLeft -= part.length
      }
      if (this.#headerFilled === 5 && this.#bodyLeft === 0) this.#finish()
    }
  }

  #startBody(): void {
    const type = this.#header[0]
    this.#bodyLeft = new DataView(this.#header.buffer).getInt32(1) - 4
    const wanted = type === typeReadyForQuery || type === typeNotification || type === typeCommandComplete
    this.#body = wanted ? new Uint8Array(this.#bodyLeft) : undefined
  }

  #finish(): void {
    const body = this.#body
    this.#headerFilled = 0
    this.#body = undefined
    if (body === undefined) return
    switch (this.#header[0]) {
      case typeReadyForQuery:
        this.#events.onReady(String.fromCharCode(body[0] ?? 0) as 'I' | 'T' | 'E')
        return
      case typeNotification: {
        const message = new Uint8Array(5 + body.length)
        message.set(this.#header)
        message.set(body, 5)
        this.#events.onNotification(message)
        return
      }
      default:
        this.#events.onCommand(new TextDecoder().decode(body.subarray(0, -1)))
    }
  }
}
