/** A type that nothing satisfies, so that the compiler prints its message at the offending place. */
export interface TypeMessage<Message extends string> {
  readonly $error: Message
}
