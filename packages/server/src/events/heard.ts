/**
 * The same stream, whose end is always heard. tRPC asks for the next event before it hands one over, and listens to the answer
 * only once that one was taken: a stream that ended while its client read nothing would end the process.
 */
export function heard<Stream extends AsyncIterator<unknown>>(stream: Stream): Stream {
  const next = stream.next.bind(stream)
  return Object.assign(stream, {
    next() {
      const answer = next()
      answer.catch(() => {})
      return answer
    },
  })
}
