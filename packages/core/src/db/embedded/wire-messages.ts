const encoder = new TextEncoder()

/** A message of PostgreSQL's wire protocol: type, length, body. */
export function wireMessage(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(5 + body.length)
  message[0] = type.charCodeAt(0)
  new DataView(message.buffer).setInt32(1, 4 + body.length)
  message.set(body, 5)
  return message
}

/** A simple Query. */
export function queryMessage(sql: string): Uint8Array<ArrayBuffer> {
  return wireMessage('Q', encoder.encode(`${sql}\0`))
}

/** Ends a batch of the extended protocol. */
export const syncMessage = wireMessage('S', new Uint8Array(0))

/**
 * What a server says to a client that has just connected. The session is not asked: it may be inside another
 * client's transaction.
 */
export function greeting(connection: number): Uint8Array {
  const parameters = {
    server_version: '18.6',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
  }
  const keyData = new Uint8Array(8)
  new DataView(keyData.buffer).setInt32(0, connection)
  return Buffer.concat([
    wireMessage('R', new Uint8Array(4)),
    ...Object.entries(parameters).map(([name, value]) => wireMessage('S', encoder.encode(`${name}\0${value}\0`))),
    wireMessage('K', keyData),
    wireMessage('Z', encoder.encode('I')),
  ])
}

/** "No" to a client that asks for TLS: the answer is one bare byte. */
export const encryptionRefusal = encoder.encode('N')
