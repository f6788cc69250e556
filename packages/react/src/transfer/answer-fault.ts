/** What the server says of a file that it did not take or give; null if it says nothing. */
export function answerFault(answer: unknown): string | null {
  const { error } = Object(answer) as { readonly error?: { readonly message?: unknown } }
  return typeof error?.message === 'string' ? error.message : null
}
