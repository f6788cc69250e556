const hidden = '[secret]'

/** A text that shows itself only when asked to: not in JSON, templates, logs or `console.log`. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

/** Wraps a text so that nobody writes it down by accident. */
export function secretOf(text: string): Secret {
  const show = (): string => hidden
  return Object.freeze({
    reveal: () => text,
    toString: show,
    toJSON: show,
    [Symbol.toPrimitive]: show,
    [Symbol.for('nodejs.util.inspect.custom')]: show,
  })
}
