import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useData } from './data-context.ts'
import { opsFault } from './ops-fault.ts'
import { createStartKeys } from './start-keys.ts'

/** Writes, and makes what is named be read anew at once, without waiting for the stream of changes. */
export function useOpsMutation<Input, Output>(
  mutationFn: (input: Input) => Promise<Output>,
  changed: readonly (readonly unknown[])[],
  retry: (failures: number, error: Error) => boolean = never,
): UseMutationResult<Output, Error, Input> {
  const { queryClient } = useData()
  return useMutation(
    {
      mutationFn,
      retry,
      onSuccess: () => Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    },
    queryClient,
  )
}

/**
 * The same for what starts a run, which is not to be done twice: while no answer comes it is sent again, three times within
 * some seconds and whenever the user tries again, by the key that the server knows it by.
 */
export function useStartMutation<Input, Output>(
  start: (input: Input, key: string) => Promise<Output>,
  changed: readonly (readonly unknown[])[],
): UseMutationResult<Output, Error, Input> {
  const [keys] = useState(createStartKeys)
  return useOpsMutation((input: Input) => keys.start(input, (key) => start(input, key)), changed, isUnheard)
}

const never = () => false

function isUnheard(failures: number, error: Error): boolean {
  return failures < 3 && opsFault(error).code === 'OFFLINE'
}
