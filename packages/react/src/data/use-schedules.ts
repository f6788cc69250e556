import type { ScheduleInput } from './client/schedules-calls.ts'
import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** Work that begins by itself at certain times. */
export function useSchedules() {
  const { schedules } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.schedules,
    queryFn: ({ signal }) => everyPage((page) => schedules.list.query(page, { signal })),
    staleTime: 0,
  })
}

/** The next times at which a schedule is due, kept or still being written; none for what is no schedule. */
export function useNextRuns(cron: string, timeZone: string) {
  const { schedules } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.nextRuns(cron, timeZone),
    queryFn: ({ signal }) => schedules.nextRuns.query({ cron, timeZone, count: 3 }, { signal }),
    enabled: cron.trim() !== '',
    staleTime: 30_000,
  })
}

export function useScheduleMutations() {
  const { schedules } = useOpsClient()
  const changed = [queryKeys.schedules]
  return {
    create: useOpsMutation((schedule: ScheduleInput) => schedules.create.mutate({ schedule }), changed),
    update: useOpsMutation(
      (input: Parameters<typeof schedules.update.mutate>[0]) => schedules.update.mutate(input),
      changed,
    ),
    delete: useOpsMutation((scheduleId: string) => schedules.delete.mutate({ scheduleId }), changed),
  }
}
