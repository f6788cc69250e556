import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useData } from './data-context.ts'

/** Writes, and makes what is named be read anew at once, without waiting for the stream of changes. */
export function useOpsMutation<Input, Output>(
  mutationFn: (input: Input) => Promise<Output>,
  changed: readonly (readonly unknown[])[],
): UseMutationResult<Output, Error, Input> {
  const { queryClient } = useData()
  return useMutation(
    {
      mutationFn,
      onSuccess: () => Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    },
    queryClient,
  )
}
