import { createApiKey, listKeys, revokeApiKey } from './access/api-keys.service.ts'
import { addAuditEntry, exportAudit, listAudit, verifyAudit } from './access/audit.service.ts'
import { actionLog } from './actions/action-log.ts'
import { estimateAction, retryAction, startAction } from './actions/actions.service.ts'
import { listBudgets, listSpend, setBudget } from './cells/budgets.service.ts'
import { estimateCells, runCells } from './cells/cells.service.ts'
import { explainCell } from './cells/explain-cell.ts'
import { previewCells } from './cells/preview-cells.ts'
import { cancelColumnRun, retryRun } from './cells/retry-run.ts'
import { listDeletedRows } from './changes/deleted-rows.ts'
import { followChanges } from './changes/follow-changes.ts'
import { readCellHistory, readRowHistory, readTableHistory } from './changes/history.service.ts'
import { pruneChanges } from './changes/prune-changes.ts'
import { endOfChanges, readChanges } from './changes/read-changes.ts'
import { restoreDeletedRows } from './changes/restore-rows.ts'
import { redo, undo, undoOperation, undoState } from './changes/undo.service.ts'
import type { ConnectionEnv } from './connections/connection-env.ts'
import {
  connect,
  connectionNames,
  disconnect,
  getConnection,
  pageOfConnections,
  reconnect,
  renameConnection,
  testConnection,
} from './connections/connections.service.ts'
import { loadOptions } from './connections/load-options.ts'
import { beginOAuth } from './connections/oauth/begin-oauth.ts'
import { pageOfPlugins } from './connections/plugins.service.ts'
import { pageOfDeliveries, retryDelivery } from './connections/webhooks/deliveries.service.ts'
import { pageOfEvents } from './connections/webhooks/events.service.ts'
import { connectionHooks } from './connections/webhooks/subscribe.ts'
import { createFeed, deleteFeed, getFeed, pageOfFeeds, updateFeed } from './feeds/feeds.service.ts'
import type { InboxRunner } from './feeds/inbox-runner.ts'
import { previewSource } from './feeds/preview-source.ts'
import { sourceProblems } from './feeds/source-problems.ts'
import { startSource } from './feeds/start-source.ts'
import { syncFeed } from './feeds/sync-feed.ts'
import { listCalls, readCallSums } from './http/calls.service.ts'
import type { OrgOps } from './org-ops/org-ops.ts'
import type { ScheduledKinds } from './queue/scheduled-work.ts'
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  nextRuns,
  pageOfSchedules,
  updateSchedule,
} from './queue/schedules.service.ts'
import type { Runner } from './runs/runner.ts'
import { getRun, listRuns, pauseRun, readRunLog, resumeRun } from './runs/runs.service.ts'
import { waitForRun, watchRun } from './runs/watch-run.ts'
import { explainAdvice } from './store/advisor/explain-advice.ts'
import { runAdvisor } from './store/advisor/run-advisor.ts'
import { deleteWhere, updateWhere } from './store/bulk-rows.ts'
import { createColumn, deleteColumn, moveColumn, restoreColumn, updateColumn } from './store/columns.service.ts'
import { deleteRows } from './store/delete-rows.ts'
import { duplicateTable } from './store/duplicate-table.ts'
import { checkSource } from './store/formulas/check-source.ts'
import { listFunctions } from './store/formulas/list-functions.ts'
import { previewFormula } from './store/formulas/preview-formula.ts'
import { recomputeFormulas } from './store/formulas/recompute-formulas.ts'
import { refreshVolatile } from './store/formulas/refresh-volatile.ts'
import { insertRows } from './store/insert-rows.ts'
import { loadRows } from './store/load-rows.ts'
import { moveRows } from './store/move-rows.ts'
import type { OrgSession } from './store/org-session.ts'
import { getSettings, updateSettings } from './store/org-settings.service.ts'
import { purgeDeleted } from './store/purge.ts'
import { readDistinct } from './store/read-groups.ts'
import { getRow, getRows } from './store/read-rows.ts'
import { previewRetype, retypeColumn } from './store/retype-column.ts'
import { sqlView } from './store/sql-view.ts'
import { createTable, deleteTable, getTable, listTables, restoreTable, updateTable } from './store/tables.service.ts'
import { updateRows } from './store/update-rows.ts'
import { upsertRows } from './store/upsert-rows.ts'
import { copyFromTable } from './transfer/copy/copy-from-table.ts'
import type { FileStore } from './transfer/file-store.ts'
import { checkImport } from './transfer/import/check-import.ts'
import { confirmImport } from './transfer/import/confirm-import.ts'
import { readErrorFile } from './transfer/import/error-file.ts'
import { proposeImport } from './transfer/import/propose-import.ts'
import { startImport } from './transfer/import/start-import.ts'
import { storeUpload } from './transfer/import/uploads.ts'
import { streamExport, writeExport } from './transfer/write/export.service.ts'
import {
  countViewedRows,
  findInView,
  locateInView,
  readViewedGroups,
  readViewedPage,
  readViewedPages,
  readViewedSummary,
  readViewedWindow,
} from './views/read-through-view.ts'
import {
  createView,
  deleteView,
  duplicateView,
  getView,
  listViews,
  moveView,
  renameView,
  restoreView,
  updateView,
} from './views/views.service.ts'

/** What the process has beside the session. */
interface OrgParts {
  readonly runner: Runner
  readonly files: FileStore
  readonly env: ConnectionEnv
  readonly wakeInbox: InboxRunner['wake']
  /** What schedules can start. */
  readonly scheduled: ScheduledKinds
}

/** Binds every function of the rooms to one org's session. */
export function createOrgOps(session: OrgSession, { runner, files, env, wakeInbox, scheduled }: OrgParts): OrgOps {
  const bound = <Rest extends unknown[], Result>(call: (session: OrgSession, ...rest: Rest) => Result) => {
    return (...rest: Rest): Result => call(session, ...rest)
  }
  const connected = <Rest extends unknown[], Result>(
    call: (env: ConnectionEnv, session: OrgSession, ...rest: Rest) => Result,
  ) => {
    return (...rest: Rest): Result => call(env, session, ...rest)
  }
  return {
    orgId: session.orgId,
    purge: bound(purgeDeleted),
    tables: {
      create: bound(createTable),
      get: bound(getTable),
      list: bound(listTables),
      update: bound(updateTable),
      duplicate: bound(duplicateTable),
      copyFrom: bound(copyFromTable),
      delete: bound(deleteTable),
      restore: bound(restoreTable),
      sqlView: bound(sqlView),
    },
    columns: {
      create: bound(createColumn),
      update: bound(updateColumn),
      previewRetype: bound(previewRetype),
      retype: bound(retypeColumn),
      move: bound(moveColumn),
      delete: bound(deleteColumn),
      restore: bound(restoreColumn),
    },
    rows: {
      insert: bound(insertRows),
      load: bound(loadRows),
      update: bound(updateRows),
      updateWhere: bound(updateWhere),
      upsert: bound(upsertRows),
      delete: bound(deleteRows),
      deleteWhere: bound(deleteWhere),
      restore: bound(restoreDeletedRows),
      deleted: bound(listDeletedRows),
      move: bound(moveRows),
      get: bound(getRow),
      getMany: bound(getRows),
      page: bound(readViewedPage),
      pages: bound(readViewedPages),
      window: bound(readViewedWindow),
      count: bound(countViewedRows),
      groups: bound(readViewedGroups),
      summary: bound(readViewedSummary),
      distinct: bound(readDistinct),
      find: bound(findInView),
      locate: bound(locateInView),
    },
    settings: { get: bound(getSettings), update: bound(updateSettings) },
    history: {
      row: bound(readRowHistory),
      cell: bound(readCellHistory),
      table: bound(readTableHistory),
    },
    changes: {
      read: bound(readChanges),
      follow: bound(followChanges),
      end: bound(endOfChanges),
      prune: bound(pruneChanges),
    },
    undo: bound(undo),
    redo: bound(redo),
    undoOperation: bound(undoOperation),
    undoState: bound(undoState),
    views: {
      create: bound(createView),
      get: bound(getView),
      list: bound(listViews),
      update: bound(updateView),
      rename: bound(renameView),
      duplicate: bound(duplicateView),
      move: bound(moveView),
      delete: bound(deleteView),
      restore: bound(restoreView),
    },
    imports: {
      upload: (file, options) => storeUpload(files, session.orgId, file, options?.name),
      propose: (file, request, options) => proposeImport(session, files, file, request, options),
      confirm: (file, request, options) => confirmImport(session, files, file, request, options),
      check: (file, request, options) => checkImport(session, files, file, request, options),
      start: (file, request, options) => startImport(session, files, file, request, options),
      errorFile: bound(readErrorFile),
    },
    cells: {
      preview: connected(previewCells),
      estimate: bound(estimateCells),
      run: bound(runCells),
      explain: bound(explainCell),
    },
    budgets: { set: bound(setBudget), list: bound(listBudgets), spend: bound(listSpend) },
    runs: {
      retry: bound(retryRun),
      log: bound(readRunLog),
      get: bound(getRun),
      list: bound(listRuns),
      pause: bound(pauseRun),
      resume: bound(resumeRun),
      cancel: bound(cancelColumnRun),
      watch: (runId, options) => watchRun(session, runner, runId, options),
      wait: (runId, options) => waitForRun(session, runner, runId, options),
    },
    exports: {
      stream: bound(streamExport),
      writeTo: bound(writeExport),
    },
    calls: { list: bound(listCalls), sums: bound(readCallSums) },
    formulas: {
      check: bound(checkSource),
      preview: bound(previewFormula),
      functions: bound(listFunctions),
      recompute: bound(recomputeFormulas),
      refresh: bound(refreshVolatile),
    },
    keys: { create: bound(createApiKey), list: bound(listKeys), revoke: bound(revokeApiKey) },
    audit: {
      add: bound(addAuditEntry),
      list: bound(listAudit),
      export: bound(exportAudit),
      verify: bound(verifyAudit),
    },
    plugins: { list: (options) => pageOfPlugins(env, options), options: connected(loadOptions) },
    connections: {
      connect: connected(connect),
      beginOAuth: connected(beginOAuth),
      test: connected(testConnection),
      reconnect: connected(reconnect),
      rename: bound(renameConnection),
      disconnect: connected(disconnect),
      get: bound(getConnection),
      list: bound(pageOfConnections),
      names: bound(connectionNames),
      webhooks: connected(connectionHooks),
      deliveries: bound(pageOfDeliveries),
      retryDelivery: (connectionId, deliveryId, options) =>
        retryDelivery(session, connectionId, deliveryId, options).then(() => wakeInbox(session.orgId, connectionId)),
      events: bound(pageOfEvents),
    },
    sources: {
      preview: connected(previewSource),
      start: connected(startSource),
      problems: bound(sourceProblems),
      create: connected(createFeed),
      get: connected(getFeed),
      list: connected(pageOfFeeds),
      update: connected(updateFeed),
      delete: bound(deleteFeed),
      sync: connected(syncFeed),
    },
    actions: {
      estimate: connected(estimateAction),
      start: connected(startAction),
      retry: bound(retryAction),
      log: bound(actionLog),
    },
    schedules: {
      create: (input, options) => createSchedule(scheduled, session, input, options),
      get: bound(getSchedule),
      list: bound(pageOfSchedules),
      nextRuns: bound(nextRuns),
      update: (scheduleId, changes, options) => updateSchedule(scheduled, session, scheduleId, changes, options),
      delete: bound(deleteSchedule),
    },
    advisor: { run: bound(runAdvisor), explain: bound(explainAdvice) },
  }
}
