/** Something is wrong with what the demo was given; the message is a sentence for the person who gave it. */
export class InputFault extends Error {
  override readonly name = 'InputFault'
}
